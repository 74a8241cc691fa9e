import type { Decision } from "../core/model/decision.js";
import type { Detection } from "../core/model/detection.js";
import type { LoginEvent } from "../core/model/login-event.js";

/** One answer of the guard. */
export interface DecisionRecord {
  /** Before the credential check, after it, or at a further proof. */
  readonly phase: "before" | "after" | "proof";
  /** The event as it is remembered: `pending` while the attempt is open. */
  readonly event: LoginEvent;
  readonly decision: Decision;
}

/** A lock that began or was released. */
export type LockChange =
  | {
      readonly change: "locked";
      /** The rules that now block further attempts. */
      readonly rules: readonly string[];
      readonly event: LoginEvent;
      /** Epoch milliseconds at which it lifts by itself; absent when it does not. */
      readonly until?: number;
    }
  | {
      readonly change: "unlocked";
      readonly event: LoginEvent;
      /** Why, in the operator's words. */
      readonly reason: string;
      /** Who did it. */
      readonly actor: string;
    };

/** Something the account's owner should be told by another channel: the credential was right, and nobody was let in for it. */
export interface OwnerNotice {
  readonly account: string;
  readonly tenant?: string;
  readonly why: "blocked" | "challenged";
  readonly event: LoginEvent;
  readonly decision: Decision;
}

/** Something that went wrong without stopping a login. */
export interface Fault {
  /** The store, or the hook that threw or rejected. */
  readonly where: "store" | keyof Omit<GuardHooks, "onFault">;
  readonly error: unknown;
}

/** Who is told what. Hooks are called and not waited for: one that throws, rejects or never ends harms no login. */
export interface GuardHooks {
  /** Every answer of the guard. */
  readonly onDecision?: (record: DecisionRecord) => unknown;
  /** Every attack, once when it is recognised, by one guard of all that share a store. */
  readonly onDetection?: (detection: Detection) => unknown;
  /** Every lock that begins or is released. */
  readonly onLock?: (change: LockChange) => unknown;
  /** Every right credential that was blocked or challenged (OWASP ASVS 6.3.5). */
  readonly onOwnerNotice?: (notice: OwnerNotice) => unknown;
  /** Faults of the store and of the other hooks. */
  readonly onFault?: (fault: Fault) => unknown;
}

/** Tells a hook, and reports its fault rather than passing it on. */
export function tell<Name extends keyof Omit<GuardHooks, "onFault">>(
  hooks: GuardHooks,
  name: Name,
  told: Parameters<NonNullable<GuardHooks[Name]>>[0],
): void {
  const hook = hooks[name] as ((told: unknown) => unknown) | undefined;
  if (hook === undefined) return;
  call(hook, told, (error) => report(hooks, { where: name, error }));
}

/** Reports a fault to whoever wants to know. */
export function report({ onFault }: GuardHooks, fault: Fault): void {
  if (onFault !== undefined) call(onFault as (told: unknown) => unknown, fault, () => undefined);
}

function call(hook: (told: unknown) => unknown, told: unknown, failed: (error: unknown) => void): void {
  try {
    const answer = hook(told);
    // a promise or a thenable; `Promise.resolve` reads `then` once, and whatever it throws becomes a rejection
    if (typeof answer === "object" && answer !== null) Promise.resolve(answer).catch(failed);
  } catch (error) {
    failed(error);
  }
}
