import { setTimeout as sleep } from "node:timers/promises";
import { expect, vi } from "vitest";
import { guardedLogin } from "../../../src/integrations/login/guarded-login.js";
import { wrongCredential } from "../../../src/integrations/reply/wrong-credential.js";
import type { Row } from "../acceptance-matrix.js";
import { limit } from "../login-host.js";
import { expectAdmitted, expectProofWanted, expectThrottled, expectWrong, fail, wrongAnswer } from "./expect-answer.js";

/** A check that is under way until it is let go. */
function heldCheck() {
  const begun: (() => void)[] = [];
  let isHeld = true;
  return {
    /** How many checks wait. */
    waiting: () => begun.length,
    whileChecking: () => (isHeld ? new Promise<void>((resolve) => begun.push(resolve)) : Promise.resolve()),
    letGo(): void {
      isHeld = false;
      for (const each of begun.splice(0)) each();
    },
  };
}

/** Attackers, and forms that break. */
export const underFireRows: readonly Row[] = [
  {
    name: "100 parallel guesses: exactly the limit is checked",
    async run(bench) {
      const stage = await bench.start({ whileChecking: () => sleep(50) });
      const wrong = await wrongAnswer(stage);
      const guesses = Array.from({ length: 100 }, (_, n) => stage.server.login({ account: "ann", password: `guess ${n}` }));
      const exchanges = await Promise.all(guesses);
      expect(stage.host.checked.filter((account) => account === "ann")).toHaveLength(limit);
      const { adapter } = bench;
      if (adapter.answers === "problem") {
        expect(exchanges.filter((each) => adapter.comparable(each) === adapter.comparable(wrong))).toHaveLength(limit);
        expect(exchanges.filter(({ status }) => status === 429)).toHaveLength(100 - limit);
      }
      for (const each of exchanges) expect(adapter.isAdmitted(each)).toBe(false);
      expectThrottled(bench, await stage.server.login({ account: "ann", password: "right" }), wrong);
    },
  },
  {
    name: "a client that hangs up during the check: a failure, though nobody hears of it",
    async run(bench) {
      const held = heldCheck();
      const stage = await bench.start({ whileChecking: held.whileChecking });
      for (let n = 1; n <= limit; n++) {
        const socket = stage.server.openLogin({ account: "ann", password: "wrong" });
        await vi.waitFor(() => expect(held.waiting()).toBe(n));
        socket.destroy();
      }
      await sleep(50);
      const concluded = () => stage.host.records.filter(({ phase }) => phase === "after");
      expect(concluded()).toEqual([]);
      held.letGo();
      await vi.waitFor(() => expect(concluded()).toHaveLength(limit));
      for (const { event } of concluded()) expect(event.failure).toBe("wrong-password");
      expectThrottled(bench, await stage.server.login({ account: "ann", password: "right" }), await wrongAnswer(stage));
    },
  },
  {
    name: "a check that gives up with its client: never concluded, and a failure all the same",
    async run(bench) {
      const held = heldCheck();
      let givesUp = true;
      const whileChecking = async (): Promise<void> => {
        await held.whileChecking();
        if (givesUp) throw new Error("the client is gone");
      };
      const stage = await bench.start({ whileChecking });
      for (let n = 1; n <= limit; n++) {
        const socket = stage.server.openLogin({ account: "ann", password: "right" });
        await vi.waitFor(() => expect(held.waiting()).toBe(n));
        socket.destroy();
      }
      held.letGo();
      await sleep(50);
      givesUp = false;
      expect(stage.host.records.filter(({ phase }) => phase === "after")).toEqual([]);
      expectThrottled(bench, await stage.server.login({ account: "ann", password: "right" }), await wrongAnswer(stage));
      expect(stage.host.checked.filter((account) => account === "ann")).toHaveLength(limit);
    },
  },
  {
    name: "a form that cannot be read: an error in the framework's own way, and nobody gets past",
    async run(bench) {
      for (const thrown of [new Error("the form cannot be read"), undefined, null, 0, "", "route", "router"]) {
        const stage = await bench.start();
        let reached = 0;
        const broken = await bench.closing(
          bench.adapter.startBroken(
            stage.host,
            () => Promise.reject(thrown),
            () => reached++,
          ),
        );
        for (let n = 0; n < 2; n++) {
          const exchange = await broken.login({ account: "ann", password: "right" });
          expect(bench.adapter.isAdmitted(exchange)).toBe(false);
          if (bench.adapter.answers === "problem") expect(exchange.status).toBe(500);
        }
        expect(reached).toBe(0);
        expect(stage.host.records).toEqual([]);
      }
    },
  },
  {
    name: "a login from server code, without a request: guarded, counted apart from every address",
    async run(bench) {
      const stage = await bench.start();
      const login = guardedLogin(stage.host);
      const once = async (password: string) => {
        const { attempt, reply } = await login.begin({ hop: undefined, account: "ann" });
        return attempt === undefined ? { admitted: false, reply } : attempt.conclude(await stage.host.checkPassword("ann", password));
      };
      expect(await once("right")).toMatchObject({ admitted: true, reply: undefined });
      for (let n = 0; n < limit; n++) expect(await once("wrong")).toMatchObject({ admitted: false, reply: wrongCredential() });
      expect((await once("right")).reply?.status).toBe(429);
      await expectAdmitted(bench, stage, { account: "ann", password: "right" });
    },
  },
  {
    name: "an account under fire from everywhere: strangers are asked for a proof, a familiar device is let in",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      const { headers } = await expectAdmitted(bench, stage, { account: "ann", password: "right" });
      const device = headers.get("set-cookie")?.find((line) => line.startsWith("portcullis_device="));
      const Cookie = `theme=dark; ${device?.split(";")[0]}`;
      for (let n = 10; n < 14; n++) await fail(stage, limit, { from: `127.0.0.${n}` });
      const checked = stage.host.checked.length;
      expectProofWanted(bench, await stage.server.login({ account: "ann", password: "right" }, { from: "127.0.0.20" }), wrong, ["captcha"]);
      expect(stage.host.checked).toHaveLength(checked);
      // the cookie is worth nothing for another account, and nothing when it was tampered with
      for (const forged of [Cookie.slice(0, -1), `${Cookie}x`, Cookie.replace("portcullis_device", "device")]) {
        const via = { from: "127.0.0.20", headers: { Cookie: forged } };
        expectProofWanted(bench, await stage.server.login({ account: "ann", password: "right" }, via), wrong, ["captcha"]);
      }
      await expectAdmitted(bench, stage, { account: "ann", password: "right" }, { from: "127.0.0.20", headers: { Cookie } });
      expectWrong(bench, await stage.server.login({ account: "bob", password: "wrong" }, { headers: { Cookie } }), wrong);
    },
  },
];
