import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CredentialResult, ProofResult } from "../../../src/guard/public.js";
import type { Decision } from "../../../src/index.js";
import { type ReplyAfterOptions, replyAfter } from "../../../src/integrations/reply/reply-after.js";
import { wrongCredential } from "../../../src/integrations/reply/wrong-credential.js";
import { anyDecision, decision, secret, verdict } from "../decisions.js";

const right: CredentialResult = { ok: true, factors: ["pwd"] };
const wrong: CredentialResult = { ok: false, failure: "wrong-password", account: { status: "disabled" } };
const code: ProofResult = { ok: true, factors: ["otp"] };
const wrongCode: ProofResult = { ok: false, failure: "mfa-failed" };
const disabled = decision("BLOCK", { verdicts: [verdict("disabled-account", "BLOCK")] });

const refused = (decision: Decision) => ({ admitted: false, awaiting: false, decision, detections: [] });
const waiting = (decision: Decision) => ({ ...refused(decision), awaiting: true });

describe("lets in", () => {
  it.each(["ALLOW", "FLAG"] as const)("%s", (action) => {
    expect(replyAfter({ ...refused(decision(action)), admitted: true }, { result: right })).toBeUndefined();
  });
});

describe("the answer to a wrong password, byte for byte", () => {
  it.each<readonly [string, ReturnType<typeof refused>, ReplyAfterOptions]>([
    ["a wrong password", refused(decision("ALLOW")), { result: wrong }],
    ["a wrong password of an account that is disabled", refused(disabled), { result: wrong }],
    ["the same where blocks are told: only whoever had it right is told", refused(disabled), { result: wrong, explicit: true }],
    ["an unknown account", refused(decision("ALLOW")), { result: { ok: false, failure: "unknown-account" } }],
    ["a right password that is blocked", refused(disabled), { result: right }],
    ["a right password that is blocked for a while", refused(decision("BLOCK", { retryAt: 1 })), { result: right }],
    ["a wrong code, though the login still waits", waiting(decision("ALLOW")), { result: wrongCode, token: "t" }],
    ["a right code too many", refused(decision("BLOCK", { retryAt: 1 })), { result: code }],
  ])("%s", (_, conclusion, options) => expect(replyAfter(conclusion, options)).toEqual(wrongCredential()));
});

describe("a further proof is wanted", () => {
  const body = (conclusion: ReturnType<typeof waiting>, options: ReplyAfterOptions) =>
    JSON.parse(replyAfter(conclusion, options)?.body ?? "");

  it.each<readonly [string, Decision, ReplyAfterOptions, readonly string[]]>([
    ["by the application", decision("ALLOW"), { result: { ...right, awaiting: "mfa" } }, ["mfa"]],
    ["by the policy", decision("CHALLENGE", { require: ["mfa"] }), { result: right }, ["mfa"]],
    ["by both", decision("CHALLENGE", { require: ["captcha"] }), { result: { ...right, awaiting: "mfa" } }, ["captcha", "mfa"]],
    ["by nobody who says which", decision("FLAG"), { result: right }, ["mfa"]],
    ["once more, behind a right code", decision("CHALLENGE", { require: ["mfa"] }), { result: code }, ["mfa"]],
  ])("%s", (_, decision, options, require) => {
    expect(body(waiting(decision), { ...options, token: "the.token" })).toMatchObject({ status: 401, require, handle: "the.token" });
  });

  it("has no handle where nothing is signed", () => {
    expect(body(waiting(decision("ALLOW")), { result: right })).not.toHaveProperty("handle");
  });
});

describe("explicit", () => {
  it("a right password that is blocked is told by which rules", () => {
    const reply = replyAfter(refused(disabled), { result: right, explicit: true });
    expect(reply?.status).toBe(403);
    expect(JSON.parse(reply?.body ?? "").rules).toEqual(["disabled-account"]);
  });
});

describe("laws", () => {
  const results = fc.constantFrom(right, wrong, code, wrongCode);
  const conclusions = fc.record({ admitted: fc.boolean(), awaiting: fc.boolean(), decision: anyDecision, detections: fc.constant([]) });

  it("whoever is let in has no reply, and whoever is not has one", () => {
    fc.assert(
      fc.property(conclusions, results, fc.boolean(), (conclusion, result, explicit) => {
        expect(replyAfter(conclusion, { result, explicit }) === undefined).toBe(conclusion.admitted);
      }),
    );
  });

  it("whoever failed gets one and the same answer, whatever the policy had to say", () => {
    fc.assert(
      fc.property(conclusions, fc.constantFrom(wrong, wrongCode), fc.boolean(), (conclusion, result, explicit) => {
        expect(replyAfter({ ...conclusion, admitted: false }, { result, explicit, token: "t" })).toEqual(wrongCredential());
      }),
    );
  });

  it("no fact comes out, whatever is told", () => {
    fc.assert(
      fc.property(conclusions, results, fc.boolean(), (conclusion, result, explicit) => {
        expect(JSON.stringify(replyAfter(conclusion, { result, explicit })) ?? "").not.toContain(secret);
      }),
    );
  });
});
