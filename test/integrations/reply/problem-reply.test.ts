import { describe, expect, it } from "vitest";
import { publicMessage } from "../../../src/index.js";
import type { Problem } from "../../../src/integrations/reply/problem.js";
import { problemReply } from "../../../src/integrations/reply/problem-reply.js";
import { proofWanted } from "../../../src/integrations/reply/proof-wanted.js";
import { replyBefore } from "../../../src/integrations/reply/reply-before.js";
import { wrongCredential } from "../../../src/integrations/reply/wrong-credential.js";
import { decision } from "../decisions.js";

describe("JSON", () => {
  it("a problem by RFC 9457, for no cache", () => {
    expect(wrongCredential()).toEqual({
      status: 401,
      headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store" },
      body: JSON.stringify({ type: "about:blank", title: "Unauthorized", status: 401, detail: publicMessage() }),
    });
  });

  it("is the same each time", () => expect(wrongCredential()).toEqual(wrongCredential()));
});

describe("a page", () => {
  const seen: Problem[] = [];
  const page = (problem: Problem): string => {
    seen.push(problem);
    return `<p>${problem.detail}`;
  };

  it.each([
    ["a wrong password", wrongCredential({ page }), 401],
    ["one attempt too many", replyBefore(decision("BLOCK", { retryAt: 1 }), { page, now: 0 }), 429],
    ["a wanted proof", proofWanted(["mfa"], { page }, "the.token"), 401],
  ])("of %s", (_, reply, status) => {
    expect(reply).toMatchObject({ status, headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" } });
    expect(reply?.body).toMatch(/^<p>\w/);
  });

  it("is told the problem and nothing else", () => {
    expect(seen.map(({ status }) => status)).toEqual([401, 429, 401]);
    expect(seen.at(-1)).toMatchObject({ handle: "the.token", require: ["mfa"] });
    expect(page.length).toBe(1);
  });

  it("keeps the headers that are not about it", () => {
    const problem = { type: "about:blank", title: "Too Many Requests", status: 429, detail: "" } as const;
    expect(problemReply(problem, { page }, { "Retry-After": "30" }).headers["Retry-After"]).toBe("30");
  });
});
