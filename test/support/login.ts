import type { LoginEvent } from "../../src/core/model/login-event.js";

/** What a test says of an event; the account and the address may be given as texts. */
export type LoginChange = Partial<Omit<LoginEvent, "account" | "source">> & {
  readonly account?: string | LoginEvent["account"];
  readonly ip?: string;
  readonly source?: LoginEvent["source"];
};

/** A failed login of `ann` from 192.0.2.1 at `at`, changed as told. Its id is its time unless one is given. */
export function login(at: number, { account = "ann", ip = "192.0.2.1", source = { ip }, ...change }: LoginChange = {}): LoginEvent {
  return {
    id: `at-${at}`,
    at,
    kind: "login",
    outcome: "failure",
    account: typeof account === "string" ? { id: account } : account,
    source,
    ...change,
  };
}
