import type { LoginEvent } from "../../src/index.js";
import { addressText } from "./address-text.js";
import { oneOf, type Random, seededRandom, wholeBelow } from "./random.js";

/** Lists of the six rules as the bench configures them. */
export const deniedCountries: readonly string[] = ["KP", "IR", "SY", "CU", "RU", "BY"];
export const maliciousAddresses: readonly string[] = Array.from({ length: 64 }, (_, i) => addressText(5_000_000 + i));

const countries = ["NO", "DE", "US", "FR", "GB", "SE", "NL", "JP", "ES", "PL"];
const trips = ["disabled", "failures", "address", "mfa", "country", "service"] as const;

/** JSON lines of successful logins, all fields there: 70 % clean, the rest meet one to three of the six rules. Times ascend. */
export function decisionEventLines(count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => JSON.stringify(decisionEvent(random, i)));
}

/** Events as an application gets them: fresh objects out of `JSON.parse`. */
export function parseLines(lines: readonly string[]): LoginEvent[] {
  return lines.map((line) => JSON.parse(line) as LoginEvent);
}

function decisionEvent(random: Random, index: number): LoginEvent {
  const tripped = new Set<(typeof trips)[number]>();
  if (random() >= 0.7) for (let wanted = 1 + wholeBelow(random, 3); wanted > 0; wanted--) tripped.add(oneOf(random, trips));
  return {
    id: `attempt-${index}`,
    at: 1_750_000_000_000 + index * 100,
    kind: "login",
    outcome: "success",
    account: {
      id: `user${wholeBelow(random, 50_000)}@example.com`,
      status: tripped.has("disabled") ? oneOf(random, ["disabled", "locked"] as const) : "active",
      type: tripped.has("service") ? "service" : "human",
      mfaEnrolled: !tripped.has("mfa"),
      privileged: random() < 0.1,
    },
    interactive: true,
    source: {
      ip: tripped.has("address") ? oneOf(random, maliciousAddresses) : addressText(wholeBelow(random, 20_000)),
      country: oneOf(random, tripped.has("country") ? deniedCountries : countries),
    },
    history: { failedAttempts: tripped.has("failures") ? 5 + wholeBelow(random, 10) : wholeBelow(random, 5) },
  };
}
