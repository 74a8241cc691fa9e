import { expect } from "vitest";
import type { Bench, Stage } from "../acceptance-matrix.js";
import type { Form } from "../matrix-adapter.js";
import type { Exchange, Sending } from "../raw-http.js";

/** What a client that failed sees, taken from an account and an address that nothing else in the row touches. */
export async function wrongAnswer({ server }: Stage): Promise<Exchange> {
  return server.login({ account: "somebody-else", password: "wrong" }, { from: "127.0.0.99" });
}

/** Fails a number of times, one after the other. */
export async function fail(
  { server }: Stage,
  times: number,
  { account = "ann", ...via }: Sending & { readonly account?: string } = {},
): Promise<void> {
  for (let n = 0; n < times; n++) await server.login({ account, password: "wrong" }, via);
}

/** The answer to a wrong password, byte for byte. */
export function expectWrong({ adapter }: Bench, exchange: Exchange, wrong: Exchange): void {
  expect(adapter.comparable(exchange)).toBe(adapter.comparable(wrong));
  expect(adapter.isAdmitted(exchange)).toBe(false);
}

/** The answer to one attempt too many: 429 with `Retry-After` in steps of 30 seconds where there are answers of one's own. */
export function expectThrottled(bench: Bench, exchange: Exchange, wrong: Exchange): void {
  if (bench.adapter.answers === "none") return void expectWrong(bench, exchange, wrong);
  expect(exchange.status).toBe(429);
  const [seconds] = exchange.headers.get("retry-after") ?? [];
  expect(Number(seconds)).toBeGreaterThan(0);
  expect(Number(seconds) % 30).toBe(0);
  expect(exchange.headers.has("set-cookie")).toBe(false);
  expect(JSON.parse(exchange.body)).toEqual({ type: "about:blank", title: "Too Many Requests", status: 429, detail: detailOf(wrong) });
}

/** The answer where a proof is wanted first. */
export function expectProofWanted(bench: Bench, exchange: Exchange, wrong: Exchange, require: readonly string[]): void {
  if (bench.adapter.answers === "none") return void expectWrong(bench, exchange, wrong);
  expect(exchange.status).toBe(401);
  expect(JSON.parse(exchange.body).require).toEqual(require);
  expect(exchange.headers.has("set-cookie")).toBe(false);
}

/** Lets a client in, with its cookies. */
export async function expectAdmitted({ adapter }: Bench, { server }: Stage, form: Form, via?: Sending): Promise<Exchange> {
  const exchange = await server.login(form, via);
  expect(adapter.isAdmitted(exchange), exchange.raw).toBe(true);
  return exchange;
}

function detailOf({ body }: Exchange): string {
  return JSON.parse(body).detail;
}
