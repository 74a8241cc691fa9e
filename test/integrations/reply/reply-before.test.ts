import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Decision, publicMessage } from "../../../src/index.js";
import { type ReplyBeforeOptions, replyBefore } from "../../../src/integrations/reply/reply-before.js";
import { wrongCredential } from "../../../src/integrations/reply/wrong-credential.js";
import { anyDecision, decision, secret, verdict } from "../decisions.js";

const now = 1_000_000;
const until = (milliseconds: number) => ({ retryAt: now + milliseconds });
const throttled = [verdict("failed-attempts", "BLOCK"), verdict("missing-mfa", "FLAG")];

const answered = (decision: Decision, options: ReplyBeforeOptions = {}) => {
  const reply = replyBefore(decision, { now, ...options });
  return reply === undefined ? undefined : { status: reply.status, retryAfter: reply.headers["Retry-After"], ...JSON.parse(reply.body) };
};

describe("goes on", () => {
  it.each(["ALLOW", "FLAG"] as const)("%s", (action) => expect(replyBefore(decision(action))).toBeUndefined());
});

describe("a BLOCK that lifts is a 429 with Retry-After", () => {
  it.each([
    ["in 15 minutes", 900_000, "900"],
    ["in a second more", 901_000, "930"],
    ["in a millisecond more", 900_001, "930"],
    ["in exactly one step", 30_000, "30"],
    ["at once", 0, "30"],
    ["in the past, by another clock", -3_600_000, "30"],
  ])("%s", (_, milliseconds, retryAfter) => {
    expect(answered(decision("BLOCK", until(milliseconds)))).toEqual({
      status: 429,
      retryAfter,
      type: "about:blank",
      title: "Too Many Requests",
      detail: publicMessage(),
    });
  });
});

describe("a BLOCK that stays is the answer to a wrong password", () => {
  it("byte for byte", () => expect(replyBefore(decision("BLOCK"))).toEqual(wrongCredential()));
});

describe("a CHALLENGE says which proof is wanted", () => {
  it.each([
    ["a captcha", ["captcha"]],
    ["a factor", ["mfa"]],
    ["both", ["captcha", "mfa"]],
  ] as const)("%s", (_, require) =>
    expect(answered(decision("CHALLENGE", { require }))).toEqual({
      status: 401,
      retryAfter: undefined,
      type: "urn:portcullis:proof-wanted",
      title: "Proof Wanted",
      detail: publicMessage({ action: "CHALLENGE" }),
      require,
    }),
  );

  it("a captcha where none is named, for this is before the check", () =>
    expect(answered(decision("CHALLENGE"))?.require).toEqual(["captcha"]));
});

describe("explicit: tells which rules block", () => {
  it.each<readonly [string, Partial<Decision>, number, readonly string[]]>([
    ["one that lifts", { verdicts: throttled, ...until(1) }, 429, ["failed-attempts"]],
    ["one that stays", { verdicts: throttled }, 403, ["failed-attempts"]],
    ["several, in order, each once", { verdicts: ["b", "a", "b"].map((rule) => verdict(rule, "BLOCK")) }, 403, ["a", "b"]],
    ["a CHALLENGE where nobody can be challenged", { verdicts: [verdict("a", "CHALLENGE"), verdict("b", "FLAG")] }, 403, ["a"]],
    [
      "but not one that was satisfied",
      { verdicts: [verdict("a", "CHALLENGE"), verdict("b", "CHALLENGE", { satisfied: true })] },
      403,
      ["a"],
    ],
  ])("%s", (_, more, status, rules) => {
    const told = answered(decision("BLOCK", more), { explicit: true });
    expect(told).toMatchObject({ status, rules, type: "urn:portcullis:blocked" });
    expect(told.retryAfter).toBe(status === 429 ? "30" : undefined);
    expect(told.detail).toBe(`The login policy does not allow this: ${rules.join(", ")}.`);
  });
});

describe("laws", () => {
  const options = fc.record({ explicit: fc.boolean(), now: fc.integer({ min: 0, max: 1e13 }) });

  it("no fact comes out, whatever is told", () => {
    fc.assert(
      fc.property(anyDecision, options, (decision, options) => {
        expect(JSON.stringify(replyBefore(decision, options)) ?? "").not.toContain(secret);
      }),
    );
  });

  it("unless told otherwise, a reply depends on the action, the proofs and the time alone", () => {
    fc.assert(
      fc.property(anyDecision, (given) => {
        const { verdicts: _, ...rest } = given;
        expect(replyBefore(given, { now })).toEqual(replyBefore({ ...rest, verdicts: [verdict("other", "BLOCK")] }, { now }));
      }),
    );
  });

  it("Retry-After is a whole step, never too early, and less than a step too late", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e10 }), (milliseconds) => {
        const seconds = Number(answered(decision("BLOCK", until(milliseconds)))?.retryAfter);
        expect(seconds % 30).toBe(0);
        expect(seconds * 1_000).toBeGreaterThanOrEqual(milliseconds);
        expect(seconds * 1_000 - Math.max(1, milliseconds)).toBeLessThan(30_000);
      }),
    );
  });

  it("no reply may be kept by a cache, and none sets a cookie", () => {
    fc.assert(
      fc.property(anyDecision, options, (decision, options) => {
        const { headers = { "Cache-Control": "no-store" } } = replyBefore(decision, options) ?? {};
        expect(headers["Cache-Control"]).toBe("no-store");
        expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain("set-cookie");
      }),
    );
  });
});
