import type { LoginEvent } from "../../src/index.js";
import { addressText } from "./address-text.js";
import { deniedCountries, maliciousAddresses } from "./decision-events.js";
import { oneOf, type Random, seededRandom, wholeBelow } from "./random.js";
import { zipfRanks } from "./zipf.js";

/** What a stream of logins is made of. */
export interface LoginStream {
  readonly events: number;
  readonly accounts: number;
  readonly addresses: number;
  readonly seed: number;
}

const countries = ["NO", "DE", "US", "FR", "GB", "SE", "NL", "JP", "ES", "PL"];

/**
 * JSON lines of logins, accounts and addresses each by Zipf's law, about four a second: 66 % succeed, 30 % fail, 4 % are technical
 * faults. The stateless rules speak now and then, as on a real system.
 */
export function loginStreamLines({ events, accounts, addresses, seed }: LoginStream): string[] {
  const random = seededRandom(seed);
  const account = zipfRanks(random, accounts);
  const address = zipfRanks(random, addresses);
  return Array.from({ length: events }, (_, i) => JSON.stringify(login(random, i, account(), address())));
}

function login(random: Random, index: number, account: number, address: number): LoginEvent {
  const drawn = random();
  const failure = drawn < 0.66 ? undefined : drawn < 0.96 ? "wrong-password" : "error";
  return {
    id: `attempt-${index}`,
    at: 1_750_000_000_000 + index * 250,
    kind: "login",
    outcome: failure === undefined ? "success" : "failure",
    ...(failure === undefined ? {} : { failure }),
    account: {
      id: `user${account}@example.com`,
      status: random() < 0.02 ? "disabled" : "active",
      type: random() < 0.02 ? "service" : "human",
      mfaEnrolled: random() < 0.9,
      privileged: false,
    },
    interactive: true,
    source: {
      ip: random() < 0.005 ? oneOf(random, maliciousAddresses) : addressText(address),
      country: oneOf(random, random() < 0.01 ? deniedCountries : countries),
    },
    history: { failedAttempts: wholeBelow(random, 2) },
  };
}
