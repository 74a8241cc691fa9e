import type { LoginEvent } from "../model/login-event.js";
import type { Clock } from "./login-state.js";

/** How far ahead of everything seen an event may be dated, and how late one may come, without doubt: one hour. */
export const tolerance = 3_600_000;

/** Whether an event is dated so far ahead that its time is not believed on its own. The first event ever is believed. */
export function isAhead(clock: Clock, event: LoginEvent): boolean {
  return event.at > clock.now + tolerance && clock.now !== Number.NEGATIVE_INFINITY;
}

/**
 * The clock after an event. It never goes back. A jump of more than an hour waits for a second event that claims one too, so that
 * a single wrong time expires nothing, while a log with a quiet night still goes on.
 */
export function tick(clock: Clock, event: LoginEvent): Clock {
  const { at, id } = event;
  if (!isAhead(clock, event)) return at > clock.now ? { now: at, claimed: clock.claimed, claimedBy: clock.claimedBy } : clock;
  const confirmed = clock.claimed > clock.now + tolerance && clock.claimedBy !== id;
  if (!confirmed) return { now: clock.now, claimed: at, claimedBy: id };
  const [sooner, later] = at < clock.claimed ? [at, clock.claimed] : [clock.claimed, at];
  const laterBy = at < clock.claimed ? clock.claimedBy : id;
  return later - sooner > tolerance
    ? { now: sooner, claimed: later, claimedBy: laterBy }
    : { now: later, claimed: clock.claimed, claimedBy: clock.claimedBy };
}
