import { expect } from "vitest";
import type { Row } from "../acceptance-matrix.js";
import { limit } from "../login-host.js";
import { expectAdmitted, expectThrottled, expectWrong, fail, wrongAnswer } from "./expect-answer.js";

const listed = "127.0.0.66";

/** One login, and what it is answered. */
export const credentialRows: readonly Row[] = [
  {
    name: "a good password: let in, with a session and a device cookie",
    async run(bench) {
      const stage = await bench.start();
      const { headers } = await expectAdmitted(bench, stage, { account: "ann", password: "right" });
      const device = headers.get("set-cookie")?.filter((line) => line.startsWith("portcullis_device="));
      expect(device).toEqual([
        expect.stringMatching(/^portcullis_device=[\w.~-]+; Max-Age=7776000; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
      ]);
      expect(stage.host.records.map(({ event }) => event.outcome)).toEqual(["pending", "success"]);
    },
  },
  {
    name: "a bad password: refused and counted",
    async run(bench) {
      const stage = await bench.start();
      const exchange = await stage.server.login({ account: "ann", password: "wrong" });
      expect(bench.adapter.isAdmitted(exchange)).toBe(false);
      if (bench.adapter.answers === "problem") {
        expect(exchange.status).toBe(401);
        expect(exchange.headers.get("content-type")).toEqual([expect.stringMatching(/^application\/problem\+json(; charset=utf-8)?$/)]);
        expect(exchange.headers.get("cache-control")).toEqual(["no-store"]);
        expect(exchange.headers.has("set-cookie")).toBe(false);
      }
      expect(stage.host.sessions).toEqual([]);
      expect(stage.host.records.map(({ event }) => event.failure)).toEqual([undefined, "wrong-password"]);
    },
  },
  {
    name: "an unknown account: byte-identical to a bad password, and counted like one",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      expectWrong(bench, await stage.server.login({ account: "ann", password: "wrong" }), wrong);
      expectWrong(bench, await stage.server.login({ account: "nobody", password: "right" }), wrong);
      await fail(stage, limit - 1, { account: "nobody" });
      expectThrottled(bench, await stage.server.login({ account: "nobody", password: "right" }), wrong);
    },
  },
  {
    name: "a malformed form: counts nothing, and no credential is looked at",
    async run(bench) {
      const stage = await bench.start();
      const { server, host } = stage;
      const wrong = await wrongAnswer(stage);
      const before = [host.records.length, host.checked.length];
      const forms = [{}, { account: "ann" }, { account: 7, password: "right" }, { account: { $ne: "" }, password: "right" }];
      // a database may take it for `ann`; nobody counts it
      const padded = { account: `ann${"x".repeat(600)}`, password: "right" };
      for (const form of [...forms, { account: ["ann"], password: "right" }, { account: "ann", password: ["right"] }, padded]) {
        for (let n = 0; n <= limit; n++) {
          const exchange = await server.login(form);
          if (bench.adapter.answers === "none") expectWrong(bench, exchange, wrong);
          else expect(exchange.status).toBe(400);
        }
      }
      expect([host.records.length, host.checked.length]).toEqual(before);
      await expectAdmitted(bench, stage, { account: "ann", password: "right" });
    },
  },
  {
    name: "blocked before the check, by a limit: 429 with Retry-After, the same for known and unknown accounts",
    async run(bench) {
      const stage = await bench.start();
      const { server, host } = stage;
      const wrong = await wrongAnswer(stage);
      await fail(stage, limit, { account: "ann" });
      await fail(stage, limit, { account: "nobody" });
      const checked = host.checked.length;
      const known = await server.login({ account: "ann", password: "right" });
      const unknown = await server.login({ account: "nobody", password: "right" });
      expectThrottled(bench, known, wrong);
      expect(bench.adapter.comparable(unknown)).toBe(bench.adapter.comparable(known));
      expect(host.checked).toHaveLength(checked);
      expect(host.sessions).toEqual([]);
    },
  },
  {
    name: "blocked before the check, by a list: byte-identical to a bad password",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      const checked = stage.host.checked.length;
      expectWrong(bench, await stage.server.login({ account: "ann", password: "right" }, { from: listed }), wrong);
      expectWrong(bench, await stage.server.login({ account: "nobody", password: "right" }, { from: listed }), wrong);
      expect(stage.host.checked).toHaveLength(checked);
      expect(stage.host.records.at(-1)?.decision.verdicts[0]?.rule).toBe("malicious-ip");
    },
  },
  {
    name: "blocked after the check: byte-identical to a bad password in status, headers, cookies, body and sessions",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      const blocked = await stage.server.login({ account: "dora", password: "right" });
      expect(stage.host.checked.at(-1)).toBe("dora");
      expect(stage.host.records.at(-1)?.event.failure).toBe("refused");
      expectWrong(bench, blocked, wrong);
      expectWrong(bench, await stage.server.login({ account: "dora", password: "wrong" }), wrong);
      expect(stage.host.sessions).toEqual([]);
    },
  },
  {
    name: "blocked after the check: counts as a bad password does, so that no counter tells that it was right",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      for (let n = 0; n < limit; n++) expectWrong(bench, await stage.server.login({ account: "dora", password: "right" }), wrong);
      expectThrottled(bench, await stage.server.login({ account: "dora", password: "right" }), wrong);
    },
  },
];
