import { assertEvent } from "../core/engine/assert-event.js";
import { know } from "../core/engine/touch.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { StoreError } from "../stores/store-error.js";
import { type GuardContext, keptIdentity, timeOf } from "./context.js";
import { tell } from "./hooks.js";
import { locate, untouched } from "./locate.js";
import { writeEvent } from "./write-event.js";

/** What is unlocked: an account, or a source that blocks everyone behind it. */
export type LockedSubject =
  | { readonly account: string; readonly source?: never; readonly tenant?: string }
  | { readonly source: string; readonly account?: never; readonly tenant?: string };

/** Why, and who says so; both stand in the event. */
export interface Unlocking {
  /** Such as `verified-reset` or a ticket number. */
  readonly reason: string;
  readonly actor: string;
}

/**
 * Releases a lock: what was counted against the account or the source so far counts no more.
 *
 * @throws TypeError without a reason or an actor; StoreError when the store did not take it, because an operator must know.
 */
export async function unlockSubject(context: GuardContext, subject: LockedSubject, { reason, actor }: Unlocking): Promise<void> {
  if (typeof reason !== "string" || reason === "") throw new TypeError("expected `reason` to say why");
  if (typeof actor !== "string" || actor === "") throw new TypeError("expected `actor` to say who");
  const { account, source, tenant } = subject;
  if ((account === undefined) === (source === undefined)) throw new TypeError("expected an account or a source to unlock");
  const unplaced: LoginEvent = {
    id: context.newId(),
    at: timeOf(context),
    kind: "unlock",
    outcome: "success",
    account: { id: account ?? "" },
    source: source === undefined ? {} : { ip: source },
    ...(tenant === undefined ? {} : { tenant }),
  };
  assertEvent(unplaced);
  const known = know(unplaced, context.compiled.alias);
  const located = locate(context, unplaced, known, await keptIdentity(context, known.identity));
  if (located.identity.account === undefined && located.identity.source === undefined) {
    throw new TypeError("expected an account id of 1 to 512 characters, or an IPv4 or IPv6 address");
  }
  const { parts, read } = writeEvent(context, located, unplaced, { known: untouched(context, located).records });
  const reach = await context.line.exchange(parts, read);
  if (reach.reached !== "store") throw new StoreError("unreachable", "the store did not take the unlock");
  const at = reach.value?.ats.find((each) => each !== undefined) ?? unplaced.at;
  tell(context.hooks, "onLock", { change: "unlocked", event: { ...unplaced, at }, reason, actor });
}
