import { addressText } from "./address-text.js";
import { seededRandom } from "./random.js";

/** A replay in chunks, so that the events of a million logins never stand in memory together. */
export interface AccountReplay {
  readonly accounts: number;
  readonly events: number;
  readonly chunk: number;
  readonly seed: number;
  /** The first event's number: a later replay goes on where an earlier one ended. */
  readonly from?: number;
}

const day = 86_400_000;
const largePrime = 2_147_483_647;

/**
 * A day of logins per million, evenly over all accounts and in no order of theirs: 92 % succeed, 8 % fail. An account logs in from two
 * addresses of its own, nine times in ten from the first. Each chunk is the
 * JSON text of an array, so that whoever parses it has strings of its own.
 */
export function* accountReplay({ accounts, events, chunk, seed, from = 0 }: AccountReplay): Generator<string> {
  const random = seededRandom(seed + from);
  const step = day / 1_000_000;
  for (let done = 0; done < events; done += chunk) {
    const lines: string[] = [];
    for (let i = from + done; i < from + done + Math.min(chunk, events - done); i++) {
      // a prime larger than any number of accounts visits each of them once before it visits one again
      const account = Number((BigInt(i) * BigInt(largePrime)) % BigInt(accounts));
      const failed = random() < 0.08;
      const address = account * 2 + (random() < 0.9 ? 0 : 1);
      lines.push(
        `{"id":"attempt-${i}","at":${1_750_000_000_000 + Math.floor(i * step)},"kind":"login","outcome":"${failed ? "failure" : "success"}"` +
          `${failed ? ',"failure":"wrong-password"' : ""},"account":{"id":"user${account}@example.com","status":"active","type":"human",` +
          `"mfaEnrolled":true},"interactive":true,"source":{"ip":"${addressText(address)}","country":"NO"}}`,
      );
    }
    yield `[${lines.join(",")}]`;
  }
}
