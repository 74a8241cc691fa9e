import { expect } from "vitest";
import type { LoginStore } from "../../../src/stores/store.js";
import type { Row } from "../acceptance-matrix.js";
import { limit, loginHost } from "../login-host.js";
import { expectAdmitted, expectProofWanted, expectThrottled, expectWrong, fail, wrongAnswer } from "./expect-answer.js";

const right = { account: "ann", password: "right" };

/** A store that is not there. */
const down: LoginStore = {
  name: "down",
  exchange: () => Promise.reject(new Error("connection refused")),
  compact: () => Promise.reject(new Error("connection refused")),
  journalsOf: () => Promise.reject(new Error("connection refused")),
  forget: () => Promise.reject(new Error("connection refused")),
};

/** A store that fails, and a guard that only watches. */
export const storeRows: readonly Row[] = [
  {
    name: "store down, allow: passwords alone decide, and nobody counts",
    async run(bench) {
      const stage = await bench.start({ store: down, onStoreFailure: "allow" });
      const wrong = await wrongAnswer(stage);
      for (let n = 0; n <= limit; n++) expectWrong(bench, await stage.server.login({ account: "ann", password: "wrong" }), wrong);
      await expectAdmitted(bench, stage, right);
      expect(stage.host.records.at(-1)?.decision.degraded).toMatchObject([{ kind: "store-failure", did: "ABSTAIN" }]);
    },
  },
  {
    name: "store down, challenge: a proof is wanted first, and no password is looked at",
    async run(bench) {
      const wrong = await wrongAnswer(await bench.start());
      const stage = await bench.start({ store: down, onStoreFailure: "challenge" });
      expectProofWanted(bench, await stage.server.login(right), wrong, ["captcha"]);
      expect(stage.host.checked).toEqual([]);
    },
  },
  {
    name: "store down, block: byte-identical to a bad password, and no password is looked at",
    async run(bench) {
      const wrong = await wrongAnswer(await bench.start());
      const stage = await bench.start({ store: down, onStoreFailure: "block" });
      expectWrong(bench, await stage.server.login(right), wrong);
      expectWrong(bench, await stage.server.login({ account: "nobody", password: "wrong" }), wrong);
      expect(stage.host.checked).toEqual([]);
      expect(stage.host.sessions).toEqual([]);
    },
  },
  {
    name: "store down, local: this process counts by itself",
    async run(bench) {
      const stage = await bench.start({ store: down, onStoreFailure: "local" });
      const wrong = await wrongAnswer(stage);
      await expectAdmitted(bench, stage, right);
      await fail(stage, limit);
      expectThrottled(bench, await stage.server.login(right), wrong);
      expect(stage.host.records.at(-1)?.decision.degraded).toMatchObject([{ kind: "store-failure", did: "ABSTAIN" }]);
    },
  },
  {
    name: "shadow mode: every response is byte-identical to that of the unguarded application",
    async run(bench) {
      const stage = await bench.start({ mode: "shadow", secrets: undefined });
      const alone = loginHost();
      const unguarded = await bench.closing(bench.adapter.startUnguarded(alone));
      const requests = [
        [{ account: "ann", password: "right" }],
        [{ account: "ann", password: "wrong" }],
        [{ account: "nobody", password: "wrong" }],
        [{ account: "ann" }],
        ...Array.from({ length: 2 * limit }, () => [{ account: "ann", password: "wrong" }] as const),
        [{ account: "ann", password: "right" }],
        [{ account: "dora", password: "right" }],
        [{ account: "ann", password: "right" }, { from: "127.0.0.66" }],
      ] as const;
      for (const [form, via] of requests) {
        const shadowed = await stage.server.login(form, via);
        expect(bench.adapter.comparable(shadowed)).toBe(bench.adapter.comparable(await unguarded.login(form, via)));
      }
      expect(stage.host.checked).toEqual(alone.checked);
      expect(stage.host.sessions).toEqual(alone.sessions);
      // it saw all of it
      const seen = stage.host.records.flatMap(({ decision }) => decision.shadow.map(({ rule }) => rule));
      expect(new Set(seen)).toEqual(new Set(["missing-mfa", "failed-attempts", "disabled-account", "malicious-ip"]));
    },
  },
];
