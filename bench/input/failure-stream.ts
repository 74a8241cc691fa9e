import { addressText } from "./address-text.js";
import { seededRandom } from "./random.js";
import { zipfRanks } from "./zipf.js";

/** What a stream of failures is made of. */
export interface FailureStream {
  readonly events: number;
  readonly addresses: number;
  readonly seed: number;
}

/** JSON lines of failed logins from addresses by Zipf's law, evenly over ten minutes. */
export function failureStreamLines({ events, addresses, seed }: FailureStream): string[] {
  const rank = zipfRanks(seededRandom(seed), addresses);
  const step = 600_000 / events;
  return Array.from({ length: events }, (_, i) => {
    const at = 1_750_000_000_000 + Math.floor(i * step);
    const source = `{"ip":"${addressText(rank())}"}`;
    return `{"id":"attempt-${i}","at":${at},"kind":"login","outcome":"failure","failure":"wrong-password","account":{"id":"user"},"source":${source}}`;
  });
}
