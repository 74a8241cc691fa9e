import { setTimeout as sleep } from "node:timers/promises";
import { type CredentialResult, createGuard, type DecisionRecord, type GuardOptions } from "../../src/guard/public.js";
import { createDefaultPolicy, type Policy } from "../../src/index.js";
import { type ClientAddress, clientAddress } from "../../src/integrations/client-address/client-address.js";

/** The limit of failures that the matrix plays with. */
export const limit = 5;

/** What an example or a server of the tests is given: a guard, and the application behind it. */
export type LoginHost = ReturnType<typeof loginHost>;

/** What a row of the matrix wants otherwise. */
export interface LoginHostOptions extends Omit<GuardOptions, "secrets"> {
  readonly address?: ClientAddress;
  readonly secrets?: readonly string[] | undefined;
  /** What happens while a password is checked, before the result is known; may throw. */
  readonly whileChecking?: () => Promise<void>;
}

const human = { status: "active", type: "human" } as const;

/** The accounts that exist. The password of each is `right`. */
const accounts: Readonly<Record<string, CredentialResult & { readonly ok: true }>> = {
  ann: { ok: true, factors: ["pwd"], account: human },
  bob: { ok: true, factors: ["pwd"], account: human },
  mia: { ok: true, factors: ["pwd"], account: { ...human, mfaEnrolled: true }, awaiting: "mfa" },
  // disabled: its right password is blocked after the check
  dora: { ok: true, factors: ["pwd"], account: { ...human, status: "disabled" } },
};

/** A policy with a limit low enough to be reached, and a list with one address on it. */
export function matrixPolicy(): Policy {
  return createDefaultPolicy({
    failedAttempts: { flagAt: 3, blockAt: limit },
    maliciousIp: { lists: [{ name: "abuse", addresses: ["127.0.0.66"] }] },
  });
}

/** An application with accounts, that counts what is asked of it. */
export function loginHost({ address = clientAddress({ trusted: [] }), whileChecking, ...options }: LoginHostOptions = {}) {
  const records: DecisionRecord[] = [];
  const checked: string[] = [];
  const sessions: string[] = [];
  const { secrets = ["a secret of the matrix, 32 bytes or more"], ...rest } = options;
  const guard = createGuard({
    policy: matrixPolicy(),
    onDecision: (record) => records.push(record),
    ...("secrets" in options && options.secrets === undefined ? rest : { ...rest, secrets }),
  });
  return {
    guard,
    address,
    /** Every answer of the guard. */
    records,
    /** The accounts whose password was looked at, in order. */
    checked,
    /** The accounts that have a session. */
    sessions,
    async checkPassword(account: string, password: string): Promise<CredentialResult> {
      checked.push(account);
      await (whileChecking ?? (() => sleep(5)))();
      const known = Object.hasOwn(accounts, account) ? accounts[account] : undefined;
      if (known === undefined) return { ok: false, failure: "unknown-account" };
      return password === "right" ? known : { ok: false, failure: "wrong-password", account: { ...known.account } };
    },
    checkCode: async (_account: string, code: string) => code === "123456",
    readLink: async (link: string) => /^link-of-(\w+)$/.exec(link)?.[1],
    startSession(account: string): string {
      sessions.push(account);
      return `session=${sessions.length}; Path=/; HttpOnly; Secure; SameSite=Lax`;
    },
  };
}
