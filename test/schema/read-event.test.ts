import { describe, expect, expectTypeOf, it } from "vitest";
import type * as z from "zod";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import type { eventSchema } from "../../src/schema/event-schema.js";
import { InputError } from "../../src/schema/input-error.js";
import { parseEvent } from "../../src/schema/parse-event.js";
import { type ReadEventOptions, readEvent } from "../../src/schema/read-event.js";

const at = 1_774_886_059_000;
const smallest = { id: "1", at, kind: "login", outcome: "failure", account: { id: "ann" }, source: {} };
const fullest: LoginEvent = {
  id: "1",
  at,
  kind: "mfa",
  attemptId: "0",
  outcome: "failure",
  failure: "mfa-denied",
  account: { id: "ann", status: "active", type: "human", mfaEnrolled: true, privileged: false },
  interactive: true,
  factors: ["pwd", "otp"],
  source: {
    ip: "192.0.2.7",
    country: "NO",
    asn: 64_500,
    location: { latitude: 59.9, longitude: 10.7, accuracyKm: 20 },
    network: "hosting",
  },
  client: { deviceId: "d1", userAgent: "curl/8", browser: "curl", os: "linux" },
  tenant: "acme",
  credential: { breached: false, fingerprint: "f00d" },
  history: { failedAttempts: 3 },
};

const eventOf = (json: unknown, options?: ReadEventOptions) => {
  const reading = readEvent(json, options);
  if (!reading.ok) throw new Error(JSON.stringify(reading.issues));
  return reading.event;
};
/** `path: message` of each issue. */
const issuesOf = (json: unknown, options?: ReadEventOptions) => {
  const reading = readEvent(json, options);
  return reading.ok ? [] : reading.issues.map(({ path, message }) => `${path}: ${message}`);
};

describe("eventSchema", () => {
  it("does not drift: its output is LoginEvent exactly", () => {
    expectTypeOf<z.output<typeof eventSchema>>().toEqualTypeOf<LoginEvent>();
  });

  it("is not emptied by an annotation: a lost field, another field and a lost readonly would be noticed", () => {
    expectTypeOf<Omit<LoginEvent, "tenant">>().not.toEqualTypeOf<z.output<typeof eventSchema>>();
    expectTypeOf<LoginEvent & { readonly extra?: string }>().not.toEqualTypeOf<z.output<typeof eventSchema>>();
    expectTypeOf<{ -readonly [Key in keyof LoginEvent]: LoginEvent[Key] }>().not.toEqualTypeOf<z.output<typeof eventSchema>>();
  });
});

describe("readEvent reads", () => {
  it("the smallest event", () => expect(eventOf(smallest)).toStrictEqual(smallest));
  it("the fullest event", () => expect(eventOf(fullest)).toStrictEqual(fullest));
  it("into a value of its own", () => {
    const event = eventOf(fullest);
    expect(event).not.toBe(fullest);
    expect(event.account).not.toBe(fullest.account);
    expect(event.factors).not.toBe(fullest.factors);
  });

  it.each([
    ["2026-03-30T15:54:19Z", at],
    ["2026-03-30T17:54:19+02:00", at],
    [at, at],
    [at + 0.9, at],
    [100_000_000_000, 100_000_000_000],
    [253_402_300_799_999, 253_402_300_799_999],
  ])("the time %j", (json, time) => expect(eventOf({ ...smallest, at: json }).at).toBe(time));

  it("an account name of a million characters, as the value it is", () => {
    const id = "a".repeat(1_000_000);
    expect(eventOf({ ...smallest, account: { id } }).account.id).toBe(id);
  });

  it.each(["", "__proto__", "constructor", " Ann ", "ａｎｎ"])("the account %j as it was typed", (id) => {
    expect(eventOf({ ...smallest, account: { id } }).account.id).toBe(id);
  });

  it.each(["999.1.1.1", "127.1", "::ffff:1.2.3.4%eth0", "", "not an address"])("the address %j, malformed or not", (ip) => {
    expect(eventOf({ ...smallest, source: { ip } }).source.ip).toBe(ip);
  });

  it("past keys that no event has, at every depth", () => {
    const json = { ...smallest, password: "hunter2", account: { id: "ann", shoeSize: 38 }, source: { isp: "x" } };
    expect(eventOf(json)).toStrictEqual(smallest);
  });

  it("past __proto__, which changes nothing", () => {
    const json = JSON.parse(`{ "__proto__": { "tenant": "x" }, "account": { "id": "ann", "__proto__": { "privileged": true } } }`);
    const event = eventOf({ ...smallest, ...json });
    expect(event.account.privileged).toBeUndefined();
    expect(Object.getPrototypeOf(event.account)).toBe(Object.prototype);
    expect(Object.hasOwn({}, "tenant") || "tenant" in {}).toBe(false);
  });
});

describe("readEvent refuses", () => {
  const kinds = "one of login, registration, password-reset, mfa, unlock";
  const outcomes = "one of pending, success, failure, blocked";
  it.each<[string, unknown, string]>([
    ["nothing", undefined, ": expected an object, got nothing"],
    ["null", null, ": expected an object, got null"],
    ["a list", [], ": expected an object, got a list"],
    ["a text", "x", ": expected an object, got a text"],
    ["an empty id", { ...smallest, id: "" }, "id: expected a text of 1 to 512 characters, got an empty text"],
    ["a long id", { ...smallest, id: "x".repeat(513) }, "id: expected a text of 1 to 512 characters, got a longer one"],
    ["a number as id", { ...smallest, id: 1 }, "id: expected a text of 1 to 512 characters, got a number"],
    ["no kind", { ...smallest, kind: undefined }, `kind: expected ${kinds}, got nothing`],
    ["another kind", { ...smallest, kind: "logon" }, `kind: expected ${kinds}, got a text`],
    ["another outcome", { ...smallest, outcome: true }, `outcome: expected ${outcomes}, got true`],
    ["null for absent", { ...smallest, tenant: null }, "tenant: expected a text of 1 to 512 characters, got null"],
    ["undefined for absent", { ...smallest, interactive: undefined }, "interactive: expected true or false, got nothing"],
    ["a text as account", { ...smallest, account: "ann" }, "account: expected an object, got a text"],
    ["an account without id", { ...smallest, account: {} }, "account.id: expected a text, got nothing"],
    ["yes for true", { ...smallest, account: { id: "ann", privileged: "yes" } }, "account.privileged: expected true or false, got a text"],
    ["a text as factors", { ...smallest, factors: "pwd" }, "factors: expected a list, got a text"],
    ["a number among factors", { ...smallest, factors: ["pwd", 1] }, "factors[1]: expected a text, got a number"],
    [
      "a fraction of a failure",
      { ...smallest, history: { failedAttempts: 1.5 } },
      "history.failedAttempts: expected an integer, got a fraction",
    ],
    ["less than no failure", { ...smallest, history: { failedAttempts: -1 } }, "history.failedAttempts: expected an integer >= 0"],
    [
      "a number that no network has",
      { ...smallest, source: { asn: 2 ** 32 } },
      "source.asn: expected an autonomous system number, 0 to 4294967295",
    ],
    [
      "a place beyond the pole",
      { ...smallest, source: { location: { latitude: 91, longitude: 0 } } },
      "source.location.latitude: expected a number <= 90",
    ],
  ])("%s", (_, json, issue) => expect(issuesOf(json)).toEqual([issue]));

  it.each<[unknown, string]>([
    [undefined, "expected epoch milliseconds or an ISO 8601 time with a zone, got nothing"],
    [null, "expected epoch milliseconds or an ISO 8601 time with a zone, got null"],
    [Number.NaN, "expected epoch milliseconds or an ISO 8601 time with a zone, got a number that is not finite"],
    [JSON.parse("1e999"), "expected epoch milliseconds or an ISO 8601 time with a zone, got a number that is not finite"],
    [-1, "expected epoch milliseconds (100000000000 or more): are these seconds?"],
    [0, "expected epoch milliseconds (100000000000 or more): are these seconds?"],
    [1_774_886_059, "expected epoch milliseconds (100000000000 or more): are these seconds?"],
    [99_999_999_999, "expected epoch milliseconds (100000000000 or more): are these seconds?"],
    [1_774_886_059_000_000, "expected epoch milliseconds (253402300799999 or less): are these microseconds?"],
    ["2026-03-30T15:54:19", "expected a zone at the end of the time, such as `Z` or `+02:00`"],
    ["2026-02-30T15:54:19Z", "expected a date and a time of day that exist"],
    ["yesterday", "expected an ISO 8601 time such as `2026-03-30T15:54:19Z`, got another text"],
    ["9".repeat(1_000_000), "expected an ISO 8601 time such as `2026-03-30T15:54:19Z`, got another text"],
  ])("the time %.30j", (json, message) => expect(issuesOf({ ...smallest, at: json })).toEqual([`at: ${message}`]));

  it("all that is wrong at once", () => {
    expect(issuesOf({ id: "", at: 5 }).map((issue) => issue.split(":")[0])).toEqual(["id", "at", "kind", "outcome", "account", "source"]);
  });

  it("without repeating a value, which may be a password in the wrong field", () => {
    const secret = "hunter2";
    const json = Object.fromEntries(Object.keys(fullest).map((key) => [key, secret]));
    expect(issuesOf(json).length).toBeGreaterThan(8);
    expect(issuesOf(json).join()).not.toContain(secret);
  });

  it("at most 100 times and one more", () => {
    expect(issuesOf({ ...smallest, factors: Array(100_000).fill(1) }).length).toBeLessThanOrEqual(101);
  });
});

describe("readEvent, told to refuse unknown keys,", () => {
  const strict = { unknownKeys: "refuse" } as const;
  it("reads an event that has none", () => expect(eventOf(fullest, strict)).toStrictEqual(fullest));

  it.each<[unknown, string]>([
    [{ ...smallest, failures: 3 }, "failures: unknown, expected no such key"],
    [{ ...smallest, account: { id: "ann", admin: true } }, "account.admin: unknown, expected no such key"],
    [{ ...smallest, "two\nlines": 1 }, "[`two lines`]: unknown, expected no such key"],
    [{ ...smallest, ...JSON.parse('{ "source": { "__proto__": {} } }') }, "source.__proto__: unknown, expected no such key"],
  ])("refuses %j", (json, issue) => expect(issuesOf(json, strict)).toEqual([issue]));
});

describe("parseEvent", () => {
  it("gives the event", () => expect(parseEvent(fullest)).toStrictEqual(fullest));

  it("throws an InputError with all issues", () => {
    expect(() => parseEvent({ ...smallest, id: "", kind: 1 })).toThrow(InputError);
    expect(() => parseEvent({ ...smallest, id: "" })).toThrow(
      "invalid event: id: expected a text of 1 to 512 characters, got an empty text",
    );
    expect(() => parseEvent({ ...smallest, typo: 1 }, { unknownKeys: "refuse" })).toThrow("invalid event: typo: unknown");
  });
});
