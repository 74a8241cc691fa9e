import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { defaultPolicy } from "../../src/index.js";
import { type LoginHost, type LoginHostOptions, loginHost } from "../integrations/login-host.js";
import type { Exchange, Sending } from "../integrations/raw-http.js";
import { type Listener, listener } from "../support/listener.js";

/** A server of an example. */
export interface RunningExample {
  readonly port: number;
  close(): Promise<void>;
}

/** What came of a login, and its second step. */
export interface LoginAnswer {
  readonly exchange: Exchange;
  /** Sends a code along with the handle that came back, or with another. */
  readonly code: (code: string, handle?: string) => Promise<Exchange>;
}

/** A form as a client may send it: anything. */
export type Form = Readonly<Record<string, unknown>>;

/** An example as these rows see it. */
export interface ExampleLogin {
  readonly start: (host: LoginHost) => Promise<RunningExample>;
  readonly login: (port: number, form: Form, via?: Sending) => Promise<LoginAnswer>;
  readonly isAdmitted: (exchange: Exchange) => boolean;
  /** Forms that say nothing. */
  readonly malformed: readonly Form[];
}

/** How many failures the default policy lets a source have on an account. */
const limit = 10;
const right = { account: "ann", password: "right" };

/** What must hold of an example, whatever it stands on. The policy is the default one. */
export function describeLogin(name: string, { start, login, isAdmitted, malformed }: ExampleLogin): void {
  describe(`the login of ${name}`, () => {
    const running: RunningExample[] = [];
    afterEach(async () => {
      await Promise.all(running.splice(0).map((server) => server.close()));
    });
    const open = async (options: LoginHostOptions = {}) => {
      const told = listener();
      const host = loginHost({ policy: defaultPolicy, ...told.hooks, ...options });
      const server = await start(host);
      running.push(server);
      return { host, told, send: (form: Form, via?: Sending) => login(server.port, form, via) };
    };
    type Stage = Awaited<ReturnType<typeof open>>;
    const wrongAnswer = async ({ send }: Stage) => (await send({ account: "bob", password: "wrong" }, { from: "127.0.0.99" })).exchange;
    const fail = (stage: Stage, times: number, account = "ann") =>
      Promise.all(Array.from({ length: times }, () => stage.send({ account, password: "wrong" })));
    const outcomes = ({ decisions }: Listener) => decisions.map(({ event }) => event.failure ?? event.outcome);

    it("lets a right password in, with a session and a device cookie", async () => {
      const stage = await open();
      const { exchange } = await stage.send(right);
      expect(isAdmitted(exchange)).toBe(true);
      expect(stage.host.sessions).toEqual(["ann"]);
      expect(exchange.headers.get("set-cookie")).toContainEqual(expect.stringMatching(/^portcullis_device=[\w.~-]+; .*HttpOnly; Secure/));
      expect(outcomes(stage.told)).toEqual(["pending", "success"]);
    });

    it("answers a wrong password and an account that is not there byte for byte alike, and counts both", async () => {
      const stage = await open();
      const wrong = (await stage.send({ account: "ann", password: "wrong" })).exchange;
      expect(wrong).toMatchObject({ status: 401 });
      expect(wrong.headers.get("cache-control")).toEqual(["no-store"]);
      expect(wrong.headers.has("set-cookie")).toBe(false);
      expect((await stage.send({ account: "nobody", password: "right" })).exchange.raw).toBe(wrong.raw);
      expect(outcomes(stage.told)).toEqual(["pending", "wrong-password", "pending", "unknown-account"]);
      expect(stage.host.sessions).toEqual([]);
    });

    it("counts no form that says nothing, and looks at no password", async () => {
      const stage = await open();
      for (const form of malformed) {
        for (let n = 0; n <= limit; n++) expect((await stage.send(form)).exchange.status).toBe(400);
      }
      expect(outcomes(stage.told)).toEqual([]);
      expect(stage.host.checked).toEqual([]);
      expect(isAdmitted((await stage.send(right)).exchange)).toBe(true);
    });

    it("looks at no eleventh password, and tells nobody whether there is an account", async () => {
      const stage = await open();
      for (const account of ["ann", "nobody"]) await fail(stage, limit, account);
      const checked = stage.host.checked.length;
      const [known, unknown] = [(await stage.send(right)).exchange, (await stage.send({ ...right, account: "nobody" })).exchange];
      expect(known.status).toBe(429);
      expect(Number(known.headers.get("retry-after")?.[0]) % 30).toBe(0);
      expect(unknown.raw).toBe(known.raw);
      expect(stage.host.checked).toHaveLength(checked);
      expect(stage.told.locks.map(({ change }) => change)).toEqual(["locked", "locked"]);
      // nobody is locked out elsewhere
      expect(isAdmitted((await stage.send(right, { from: "127.0.0.2" })).exchange)).toBe(true);
    });

    it("answers a right password that the policy blocks like a wrong one, counts it like one, and tells the owner", async () => {
      const stage = await open();
      const wrong = await wrongAnswer(stage);
      for (let n = 0; n < limit; n++) expect((await stage.send({ account: "dora", password: "right" })).exchange.raw).toBe(wrong.raw);
      expect((await stage.send({ account: "dora", password: "right" })).exchange.status).toBe(429);
      expect(stage.host.sessions).toEqual([]);
      expect(stage.told.notices.map(({ account, why }) => [account, why])).toEqual(Array(limit).fill(["dora", "blocked"]));
    });

    it("looks at ten of thirty passwords that are guessed in parallel", async () => {
      const stage = await open({ whileChecking: () => sleep(50) });
      const wrong = await wrongAnswer(stage);
      const answers = (await fail(stage, 30)).map(({ exchange }) => exchange);
      expect(answers.filter(({ raw }) => raw === wrong.raw)).toHaveLength(limit);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
      expect(stage.host.checked.filter((account) => account === "ann")).toHaveLength(limit);
    });

    it("lets nobody in by a password alone where a code is wanted", async () => {
      const stage = await open();
      const wrong = await wrongAnswer(stage);
      const asked = await stage.send({ account: "mia", password: "right" });
      expect(asked.exchange.status).toBe(401);
      expect(isAdmitted(asked.exchange)).toBe(false);
      expect(stage.host.sessions).toEqual([]);
      expect((await asked.code("000000")).raw).toBe(wrong.raw);
      expect((await asked.code("123456", "forged")).raw).toBe(wrong.raw);
      expect(stage.host.sessions).toEqual([]);
      expect(isAdmitted(await asked.code("123456"))).toBe(true);
      expect(stage.host.sessions).toEqual(["mia"]);
      expect(stage.told.decisions.at(-1)).toMatchObject({ phase: "proof", event: { outcome: "success", account: { id: "mia" } } });
    });

    it("takes no right code after ten wrong ones", async () => {
      const stage = await open();
      const wrong = await wrongAnswer(stage);
      const asked = await stage.send({ account: "mia", password: "right" });
      const guesses = await Promise.all(Array.from({ length: limit }, () => asked.code("000000")));
      for (const guess of guesses) expect(guess.raw).toBe(wrong.raw);
      expect((await asked.code("123456")).raw).toBe(wrong.raw);
      expect(stage.host.sessions).toEqual([]);
    });
  });
}

/** The handle in an answer: in a problem, or in a page's form. */
export function handleIn({ body }: Exchange): string {
  return /"handle":"([^"]+)"|name="handle" value="([^"]+)"/.exec(body)?.slice(1).find(Boolean) ?? "";
}
