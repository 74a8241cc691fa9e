/** A message that a log daemon folded: how often it came again, and what it was. */
export interface RepeatedMessage {
  readonly times: number;
  readonly message: string;
}

/** Why a folded message cannot be read. */
export type RepeatProblem = "bad-repeat" | "too-many-repeats";

/** More repeats than this on one line are refused: a forged line must not make a billion events. */
export const mostRepeats = 10_000;

const front = "message repeated";
const middle = " times: [";

/**
 * Unfolds rsyslog's `message repeated 5 times: [ ... ]`: five *more* of the message, which has its own line before. A message that
 * is not folded comes once. `bad-repeat` when the count or the closing bracket is missing (a line cut short) or the message is folded again.
 *
 * @example
 * readRepeatedMessage("message repeated 5 times: [ Failed password ...]"); //=> { times: 5, message: "Failed password ..." }
 */
export function readRepeatedMessage(message: string): RepeatedMessage | RepeatProblem {
  if (!message.startsWith(front)) return { times: 1, message };
  const countStart = front.length + 1;
  const countEnd = message.indexOf(" ", countStart);
  const count = message.slice(countStart, countEnd);
  if (!/^[0-9]+$/.test(count) || !message.startsWith(middle, countEnd) || !message.endsWith("]")) return "bad-repeat";
  const times = Number(count);
  if (times > mostRepeats) return "too-many-repeats";
  const from = countEnd + middle.length;
  const inner = message.slice(message[from] === " " ? from + 1 : from, -1);
  return times === 0 || inner.startsWith(front) ? "bad-repeat" : { times, message: inner };
}
