import type { Identity } from "../core/aggregates/identity.js";
import { type Binding, bind } from "../core/engine/binding.js";
import type { CompiledPolicy, Policy } from "../core/engine/policy.js";
import { type JournalForm, journalForms } from "../core/journal/journal-form.js";
import { toMilliseconds } from "../core/model/duration.js";
import { defaultPolicy } from "../core/policies/default.js";
import { emptyLayout } from "../core/state/layout.js";
import { memoryStore } from "../stores/memory-store.js";
import type { LoginStore } from "../stores/store.js";
import type { GuardOptions, StoreFailurePolicy } from "./guard-options.js";
import type { GuardHooks } from "./hooks.js";
import { type JournalMemo, journalMemo } from "./journal-memo.js";
import { type Pseudonymise, pseudonyms } from "./pseudonyms.js";
import { createSigner, type Signer } from "./signed-text.js";
import { type StoreLine, storeLine } from "./store-line.js";

/** What every call of one guard shares. */
export interface GuardContext {
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
  readonly binding: Binding;
  readonly forms: readonly JournalForm[];
  readonly memo: JournalMemo;
  readonly hooks: GuardHooks;
  /** The store and what stands in for it. */
  readonly line: StoreLine;
  readonly store: LoginStore;
  readonly local: LoginStore;
  readonly signer: Signer | undefined;
  readonly pseudonymise: Pseudonymise | undefined;
  readonly shadow: boolean;
  readonly newId: () => string;
  /** The time given from outside, if it is. */
  readonly clock: (() => number) | undefined;
  /** Milliseconds. */
  readonly attemptWithin: number;
  readonly deviceWithin: number;
}

/** How many groups a guard counts by itself while its store does not answer. */
const localGroups = 100_000;

/** @throws RangeError or TypeError for an option that is not what it should be. */
export function createContext(options: GuardOptions): GuardContext {
  const { policy = defaultPolicy, clock, mode = "enforce", onStoreFailure = "local" } = options;
  if (!["allow", "challenge", "block", "local"].includes(onStoreFailure)) {
    throw new TypeError("`onStoreFailure`: expected allow, challenge, block or local");
  }
  if (mode !== "enforce" && mode !== "shadow") throw new TypeError("`mode`: expected enforce or shadow");
  const ownTime = clock === undefined ? {} : { clock };
  const { store = memoryStore(ownTime) } = options;
  const local = memoryStore({ ...ownTime, maxGroups: localGroups });
  const { compiled } = policy;
  return {
    policy,
    compiled,
    binding: bind(compiled.plan, emptyLayout),
    forms: journalForms(compiled.plan),
    memo: journalMemo(),
    hooks: options,
    line: storeLine({
      store,
      local,
      deadline: toMilliseconds(options.deadline ?? { seconds: 0.25 }),
      onFailure: onStoreFailure satisfies StoreFailurePolicy,
      hooks: options,
    }),
    store,
    local,
    signer: options.secrets === undefined ? undefined : createSigner(options.secrets),
    pseudonymise: options.pseudonymise === undefined ? undefined : pseudonyms(options.pseudonymise.key),
    shadow: mode === "shadow",
    newId: options.newId ?? (() => crypto.randomUUID()),
    clock,
    attemptWithin: toMilliseconds(options.attemptWithin ?? { minutes: 15 }),
    deviceWithin: toMilliseconds(options.deviceWithin ?? { days: 90 }),
  };
}

/** The time by which a call goes before its store has told one. */
export function timeOf({ clock }: GuardContext): number {
  return clock === undefined ? Date.now() : clock();
}

/** What signs. Misuse where there is none: a guard that made up a secret would sign everybody out at the next start. */
export function signerOf({ signer }: GuardContext): Signer {
  if (signer === undefined)
    throw new TypeError("expected `createGuard` to be given `secrets`: handles and device cookies are signed with them");
  return signer;
}

/** The identity under which someone is remembered. */
export async function keptIdentity({ pseudonymise }: GuardContext, identity: Identity): Promise<Identity> {
  return pseudonymise === undefined ? identity : pseudonymise(identity);
}
