import * as z from "zod";
import { accountStatuses } from "./account-statuses.js";
import { expected } from "./expected.js";
import { failureReasons } from "./failure-reasons.js";
import { readonlyOf } from "./readonly-of.js";
import { timeSchema } from "./time-schema.js";

const longestId = 512;
const identifier = z
  .string({ error: expected(`a text of 1 to ${longestId} characters`) })
  .min(1, { error: `expected a text of 1 to ${longestId} characters, got an empty text` })
  .max(longestId, { error: `expected a text of 1 to ${longestId} characters, got a longer one` });

const account = z
  .object({
    id: z.string().describe("The account claimed, as typed or as stored, whether or not it exists. Compared in its canonical form."),
    status: z.exactOptional(z.enum(accountStatuses)).describe("Whether the account may be used at all."),
    type: z.exactOptional(z.enum(["human", "service"])).describe("Who the account is for."),
    mfaEnrolled: z.exactOptional(z.boolean()).describe("Whether the account has a second factor."),
    privileged: z.exactOptional(z.boolean()).describe("Whether the account may do more than most, such as an administrator's."),
  })
  .describe("The account claimed at the login form; never the person.");

const location = z.object({
  latitude: z.number().min(-90).max(90).describe("Degrees north."),
  longitude: z.number().min(-180).max(180).describe("Degrees east."),
  accuracyKm: z.exactOptional(z.number().min(0)).describe("Radius of the circle that the place lies in, kilometres."),
});

const source = z
  .object({
    ip: z
      .exactOptional(z.string())
      .describe("IPv4 or IPv6 address of the client, proxies resolved. Malformed text is kept and belongs to no source."),
    country: z.exactOptional(z.string()).describe("ISO 3166-1 alpha-2 code."),
    asn: z
      .exactOptional(z.int().min(0).max(4_294_967_295, { error: "expected an autonomous system number, 0 to 4294967295" }))
      .describe("Autonomous system number."),
    location: z.exactOptional(readonlyOf(location)).describe("Coordinates, as an enrichment said."),
    network: z
      .exactOptional(z.enum(["tor", "vpn", "proxy", "relay", "hosting", "mobile", "satellite", "residential", "business"]))
      .describe("What kind of network the address belongs to, as an enrichment said."),
  })
  .describe("Where the attempt came from.");

const client = z
  .object({
    deviceId: z.exactOptional(z.string()).describe("The device, vouched for by the application (a signed cookie)."),
    userAgent: z.exactOptional(z.string()).describe("The `User-Agent` header."),
    browser: z.exactOptional(z.string()),
    os: z.exactOptional(z.string()),
  })
  .describe("The program at the other end.");

const credential = z
  .object({
    breached: z.exactOptional(z.boolean()).describe("Whether the password is known from a breach."),
    fingerprint: z.exactOptional(z.string()).describe("A keyed hash of the attempted password; never the password."),
  })
  .describe("What the application knows of the credential, never the credential itself.");

const history = z
  .object({
    failedAttempts: z.exactOptional(z.int().min(0, { error: "expected an integer >= 0" })).describe("Failed attempts counted elsewhere."),
  })
  .describe("Figures given from outside. They are the floor of the tracked ones.");

/**
 * One login event as JSON. Its output is `LoginEvent` and nothing else; a test holds it to that, which is why it is not annotated.
 * Unknown keys are dropped.
 */
export const eventSchema = readonlyOf(
  z
    .object({
      id: identifier.describe("Unique per attempt. The same id twice is one event: the later one settles it."),
      at: timeSchema.describe("When it happened: epoch milliseconds, or ISO 8601 text with a zone."),
      kind: z.enum(["login", "registration", "password-reset", "mfa", "unlock"]).describe("What was attempted."),
      attemptId: z.exactOptional(identifier).describe("The login that an `mfa` event belongs to."),
      outcome: z.enum(["pending", "success", "failure", "blocked"]).describe("How the credential check ended."),
      failure: z.exactOptional(z.enum(failureReasons)).describe("Why it failed. `error` is a technical fault and counts as no guess."),
      account: readonlyOf(account),
      interactive: z.exactOptional(z.boolean()).describe("Whether a person drove this login (a form, a terminal) rather than a program."),
      factors: z
        .exactOptional(readonlyOf(z.array(z.string())))
        .describe("Authentication methods used: RFC 8176 `amr` values such as `pwd`, `otp`, `mfa`."),
      proofs: z
        .exactOptional(readonlyOf(z.array(z.enum(["mfa", "captcha"]))))
        .describe("Further proofs that the application has verified for this attempt."),
      source: readonlyOf(source),
      client: z.exactOptional(readonlyOf(client)),
      tenant: z.exactOptional(identifier).describe("Counted apart: no group is ever shared by two tenants."),
      credential: z.exactOptional(readonlyOf(credential)),
      history: z.exactOptional(readonlyOf(history)),
    })
    .meta({ title: "Login event", description: "One attempt to log in, as the application saw it." }),
);
