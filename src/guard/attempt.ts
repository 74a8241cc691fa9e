import type { Account, Client, Credential, LoginEvent, Source } from "../core/model/login-event.js";
import type { Requirement } from "../core/model/requirement.js";

/** What is known when someone tries to log in, before the credential is looked at. */
export interface Attempt {
  /** What is attempted; `login` by default. */
  readonly kind?: "login" | "registration" | "password-reset";
  /** The account claimed, as typed, whether or not it exists. Facts about it belong into the result: here they would tell accounts apart. */
  readonly account: string;
  /** Where it comes from, proxies resolved (`clientAddress`): an address, or all that is known of it. */
  readonly source: string | Source | undefined;
  readonly client?: Client;
  /** The device cookie as the client sent it; checked here, and worth nothing when it is not for this account. */
  readonly deviceToken?: string | undefined;
  readonly tenant?: string;
  readonly interactive?: boolean;
  readonly credential?: Credential;
  readonly history?: LoginEvent["history"];
  /** Proofs already verified for this attempt, such as a captcha that a CHALLENGE asked for. */
  readonly proofs?: readonly Requirement[];
}

/** What the application's own records say of an account. */
export type AccountFacts = Omit<Account, "id">;

/** The attempt as a pending event. */
export function pendingEvent(attempt: Attempt, id: string, at: number): LoginEvent {
  const { kind = "login", account, source, client, tenant, interactive, credential, history, proofs } = attempt;
  if (typeof account !== "string") throw new TypeError("expected `attempt.account` to be a text");
  // an unlock is an operator's business, and a further factor belongs to its attempt
  if (kind !== "login" && kind !== "registration" && kind !== "password-reset")
    throw new TypeError("expected `attempt.kind` to be login, registration or password-reset");
  // made step by step: conditional spreads cost more than all the rest of a begin
  const event: Writable<LoginEvent> = {
    id,
    at,
    kind,
    outcome: "pending",
    account: { id: account },
    source: typeof source === "string" ? { ip: source } : (source ?? {}),
  };
  if (client !== undefined) event.client = client;
  if (tenant !== undefined) event.tenant = tenant;
  if (interactive !== undefined) event.interactive = interactive;
  if (credential !== undefined) event.credential = credential;
  if (history !== undefined) event.history = history;
  if (proofs !== undefined) event.proofs = proofs;
  return event;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
