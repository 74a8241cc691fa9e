import { expect } from "vitest";
import type { Row, Stage } from "../acceptance-matrix.js";
import { limit } from "../login-host.js";
import { expectThrottled, expectWrong, fail, wrongAnswer } from "./expect-answer.js";

/** A login by a password that is right, and waits for a code. */
async function pending({ server }: Stage): Promise<string> {
  const { status, body, headers } = await server.login({ account: "mia", password: "right" });
  expect(status).toBe(401);
  expect(headers.has("set-cookie")).toBe(false);
  const { require, handle } = JSON.parse(body);
  expect(require).toEqual(["mfa"]);
  return handle;
}

/** Logins of two steps. */
export const proofRows: readonly Row[] = [
  {
    name: "MFA pending: no success, and earlier failures stand",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      await fail(stage, limit - 1, { account: "mia" });
      expect(await pending(stage)).toMatch(/^[\w-]+\.[\w-]+$/);
      expect(stage.host.sessions).toEqual([]);
      // the one that waits counts like a failure until it is proven
      expectThrottled(bench, await stage.server.login({ account: "mia", password: "right" }), wrong);
    },
  },
  {
    name: "MFA failed: byte-identical to a bad password, counted, and the login still waits",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      const handle = await pending(stage);
      expectWrong(bench, await stage.server.code(handle, "000000"), wrong);
      expect(stage.host.records.at(-1)).toMatchObject({ phase: "proof", event: { outcome: "failure", failure: "mfa-failed" } });
      expect(stage.host.sessions).toEqual([]);
      expect(bench.adapter.isAdmitted(await stage.server.code(handle, "123456"))).toBe(true);
    },
  },
  {
    name: "MFA guessed: past the limit a right code is refused like a wrong one",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      const handle = await pending(stage);
      const guesses = await Promise.all(Array.from({ length: 40 }, (_, n) => stage.server.code(handle, `${100_000 + n}`)));
      for (const exchange of guesses) expectWrong(bench, exchange, wrong);
      expectWrong(bench, await stage.server.code(handle, "123456"), wrong);
      expect(stage.host.sessions).toEqual([]);
    },
  },
  {
    name: "MFA passed: let in, with both cookies, and earlier failures are forgiven",
    async run(bench) {
      const stage = await bench.start();
      await fail(stage, limit - 1, { account: "mia" });
      const exchange = await stage.server.code(await pending(stage), "123456");
      expect(bench.adapter.isAdmitted(exchange)).toBe(true);
      expect(exchange.headers.get("set-cookie")).toHaveLength(2);
      expect(stage.host.sessions).toEqual(["mia"]);
      await fail(stage, limit - 1, { account: "mia" });
      expect(bench.adapter.isAdmitted(await stage.server.code(await pending(stage), "123456"))).toBe(true);
    },
  },
  {
    name: "a forged handle: byte-identical to a bad password",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      const handle = await pending(stage);
      for (const forged of [undefined, 7, "", "a.b", `${handle}x`, handle.slice(1), "x".repeat(10_000)])
        expectWrong(bench, await stage.server.code(forged, "123456"), wrong);
      expect(stage.host.sessions).toEqual([]);
    },
  },
  {
    name: "the path that is proven already (magic link, OAuth): judged in one call, blocked like a bad password",
    async run(bench) {
      const stage = await bench.start();
      const wrong = await wrongAnswer(stage);
      expect(bench.adapter.isAdmitted(await stage.server.link("link-of-ann"))).toBe(true);
      expectWrong(bench, await stage.server.link("link-of-ann", { from: "127.0.0.66" }), wrong);
      expect(stage.host.sessions).toEqual(["ann"]);
    },
  },
];
