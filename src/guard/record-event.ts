import { type Recognised, recognise } from "../core/engine/recognise.js";
import { writeLatch, writeStamp } from "../core/journal/entry.js";
import { readJournal } from "../core/journal/read-journal.js";
import type { Degradation } from "../core/model/decision.js";
import type { Detection } from "../core/model/detection.js";
import type { LoginEvent } from "../core/model/login-event.js";
import type { GroupRecord, Latch } from "../core/state/group-record.js";
import type { StorePart } from "../stores/store.js";
import type { GuardContext } from "./context.js";
import { tell } from "./hooks.js";
import { type Located, touched } from "./locate.js";
import { stampedBy, type Written } from "./read-answers.js";
import type { Reached } from "./store-line.js";
import { writeEvent } from "./write-event.js";

/** What a settled event did. */
export interface Recorded {
  readonly detections: readonly Detection[];
  readonly degraded: readonly Degradation[];
  /** `undefined` where nobody remembers it. */
  readonly written: Written | undefined;
}

/** What is known of the attempt that the event settles. */
export interface Begun {
  /** When each group saw it begin; `undefined` where the store never said. */
  readonly ats: readonly (number | undefined)[] | undefined;
  readonly records: readonly (GroupRecord | undefined)[];
  /** Which predicates held of it while it was pending, one bit each; `undefined` where nobody noted it. */
  readonly reserved: number | undefined;
  /** Who answered then. */
  readonly reached: Reached;
  readonly deadlineAt: number;
}

/**
 * Writes a settled event, once, and runs the detectors on what stands there then. An attempt that began while the store was away is written to what
 * stood in for it, and to the store too if that answers again.
 */
export async function recordEvent(context: GuardContext, located: Located, event: LoginEvent, begun: Begun): Promise<Recorded> {
  const { ats, records, reserved, reached, deadlineAt } = begun;
  const { parts, read, matched } = writeEvent(context, located, event, {
    ats: reached === "nobody" ? undefined : ats,
    known: records,
    reserved,
  });
  if (parts.length === 0) return { detections: none, degraded: none, written: undefined };
  const { line } = context;
  if (reached === "local") await catchUp(context, located, event, deadlineAt);
  const reach = await (reached === "local" ? line.exchangeLocally(parts, read) : line.exchange(parts, read, deadlineAt));
  const written = reach.value;
  const degraded = reach.degraded.length === 0 ? none : reach.degraded.map(unspoken);
  if (written === undefined) return { detections: none, degraded, written };
  const before = touched(context, located, written.before);
  const after = touched(context, located, written.after);
  const seen = ats === undefined && context.clock === undefined ? stampedBy(event, written) : event;
  const recognised = recognise(context.compiled.plan, seen, { matched, changed: written.changed }, before, after);
  if (recognised.length === 0) return { detections: none, degraded, written };
  const risen = await Promise.all(recognised.map((each) => noteHeld(context, located, seen, each, reach.reached, deadlineAt)));
  const detections = recognised.filter((_, i) => risen[i]).map(({ detection }) => detection);
  for (const detection of detections) tell(context.hooks, "onDetection", detection);
  return { detections, degraded, written };
}

const none: readonly never[] = [];

/** The attempt is decided: nothing speaks any more for a store that only now does not answer. */
function unspoken(degradation: Degradation): Degradation {
  return { ...degradation, did: "ABSTAIN" };
}

/** Tells a store that answers again of an attempt it did not see begin, or saw begin without saying so. */
async function catchUp(context: GuardContext, located: Located, event: LoginEvent, deadlineAt: number): Promise<void> {
  const { parts, read } = writeEvent(context, located, event, { known: new Array<undefined>(located.storeKeys.length).fill(undefined) });
  await context.line.tryStore(parts, read, deadlineAt);
}

/**
 * Notes in the subject's journal that the pattern held, and says whether this was the first to say so for a whole quiet time: the journal puts those
 * who say it in an order, so of all guards exactly one raises the detection.
 */
async function noteHeld(
  context: GuardContext,
  located: Located,
  event: LoginEvent,
  { planned, rising }: Recognised,
  reached: Reached,
  deadlineAt: number,
): Promise<boolean> {
  const { group, latch, detector } = planned;
  const form = context.forms[group]!;
  const part: StorePart = {
    ...located.storeKeys[group]!,
    stamped: none,
    entries: writeStamp(event.at, writeLatch(form, latch, event)),
    keepFor: context.binding.keeps[context.binding.maps[group]!]!.retention,
    protect: undefined,
  };
  const isFirst = (journal: string | undefined): boolean => {
    const held = readJournal(journal ?? "", form, 1).before?.cells[latch] as Latch | undefined;
    return held === undefined || held.heldAt <= event.at - detector.quiet;
  };
  const exchange = reached === "local" ? context.line.exchangeLocally : context.line.exchange;
  const noted = exchange([part], ([answer]) => isFirst(answer!.journal), deadlineAt);
  // an attack that goes on is noted without keeping the login waiting; `exchange` never rejects
  if (!rising) return false;
  // where nobody answers it is rather raised twice than never
  return (await noted).value ?? true;
}
