import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ownerMails } from "../../examples/tell-the-owner/owner-mails.js";
import { type Attempt, type CredentialResult, createGuard, type Fault } from "../../src/guard/public.js";
import { createDefaultPolicy } from "../../src/index.js";

const minutes = 60_000;
const hours = 60 * minutes;
const disabled: CredentialResult = { ok: true, account: { status: "disabled" } };
// one factor is not enough: whoever has the password is asked for a second one
const policy = createDefaultPolicy({ missingMfa: { action: "CHALLENGE" } });
const oneFactor: CredentialResult = { ok: true, factors: ["pwd"], account: { status: "active", type: "human" } };

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 6, 1, 10) }));
afterEach(() => vi.useRealTimers());

function open(sendMail: (to: string) => Promise<void> = async () => undefined) {
  const mails: { readonly to: string; readonly subject: string; readonly text: string }[] = [];
  const faults: Fault[] = [];
  const hooks = ownerMails({
    site: "Example",
    addressOf: async (account) => (account.trim().toLowerCase() === "ann" ? "ann@example.org" : undefined),
    async sendMail(to, subject, text) {
      await sendMail(to);
      mails.push({ to, subject, text });
    },
  });
  const guard = createGuard({ policy, ...hooks, onFault: (fault) => faults.push(fault) });
  const login = async (attempt: Partial<Attempt>, result: CredentialResult) => {
    const handle = await guard.begin({ account: "ann", source: "192.0.2.7", ...attempt });
    await handle.conclude(result);
    await vi.advanceTimersByTimeAsync(0);
    return handle;
  };
  return { mails, faults, login };
}

describe("the mail to the owner", () => {
  it("goes out for a right password that was blocked", async () => {
    const { mails, login } = open();
    await login({ source: { ip: "192.0.2.7", country: "NO" } }, disabled);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ to: "ann@example.org", subject: "A sign-in to Example was stopped" });
    expect(mails[0]!.text).toContain("On Wed, 01 Jul 2026 10:00:00 GMT, from a network in Norway, somebody gave the right password");
    expect(mails[0]!.text).toContain("was not let in");
  });

  it("holds no link, no address, and nothing that a stranger wrote", async () => {
    const { mails, login } = open();
    const client = { userAgent: "Call 555-0100 to keep your account" };
    await login({ account: " ANN ", client, source: { ip: "192.0.2.7", country: "<b>" as "NO" } }, disabled);
    expect(mails).toHaveLength(1);
    expect(mails[0]!.text).not.toMatch(/https?:|www\.|192\.0\.2\.7|555|ANN|<b>|disabled-account/);
  });

  it.each<[string, CredentialResult]>([
    ["a wrong password", { ok: false, failure: "wrong-password" }],
    ["a login that was let in", { ok: true, factors: ["pwd", "otp"], account: { status: "active", type: "human" } }],
    ["a code that is always asked for", { ok: true, awaiting: "mfa", account: { status: "active", type: "human", mfaEnrolled: true } }],
  ])("does not go out for %s", async (_, result) => {
    const { mails, login } = open();
    await login({}, result);
    await vi.advanceTimersByTimeAsync(24 * hours);
    expect(mails).toEqual([]);
  });

  it("goes out once a day, whatever the spelling and however many at once", async () => {
    const { mails, login } = open();
    await Promise.all(["ann", " Ann", "ANN"].map((account) => login({ account }, disabled)));
    expect(mails).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(24 * hours - 1);
    await login({}, disabled);
    expect(mails).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    await login({}, disabled);
    expect(mails).toHaveLength(2);
  });

  it("goes out ten minutes after a further step was asked for that nobody took", async () => {
    const { mails, login } = open();
    await login({}, oneFactor);
    await vi.advanceTimersByTimeAsync(10 * minutes - 1);
    expect(mails).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(mails.map(({ text }) => text.includes("did not pass the further step"))).toEqual([true]);
  });

  it("reports what went wrong with a mail that waited", async () => {
    const { faults, login } = open(() => Promise.reject(new Error("no mail server")));
    await login({}, oneFactor);
    await vi.advanceTimersByTimeAsync(10 * minutes);
    expect(faults).toMatchObject([{ where: "onOwnerNotice" }]);
  });

  it("does not go out where the step was taken in time", async () => {
    const { mails, login } = open();
    const handle = await login({}, oneFactor);
    await vi.advanceTimersByTimeAsync(9 * minutes);
    expect(await handle.proof({ ok: true, factors: ["otp"] })).toMatchObject({ admitted: true });
    await vi.advanceTimersByTimeAsync(24 * hours);
    expect(mails).toEqual([]);
  });

  it("goes nowhere for an account without an address, and tells nobody", async () => {
    const { mails, faults, login } = open();
    await login({ account: "service" }, disabled);
    expect([mails, faults]).toEqual([[], []]);
  });

  it("is tried again with the next login where it could not be sent, and harms no login", async () => {
    let isDown = true;
    const { mails, faults, login } = open(async () => {
      if (isDown) throw new Error("no mail server");
    });
    await login({}, disabled);
    expect(faults).toMatchObject([{ where: "onOwnerNotice" }]);
    isDown = false;
    await login({}, disabled);
    expect(mails).toHaveLength(1);
  });
});
