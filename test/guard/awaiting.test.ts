import { describe, expect, it } from "vitest";
import { createGuard } from "../../src/guard/public.js";
import { definePolicy, disabledAccount, missingMfa } from "../../src/index.js";

const secrets = ["a secret of at least thirty-two bytes"];
const attempt = { account: "ann", source: "192.0.2.1" };
const policy = definePolicy({ id: "strict", rules: [missingMfa({ action: "BLOCK" }), disabledAccount()] });
const active = { status: "active", type: "human" } as const;

describe("a login that still waits for a further factor", () => {
  it("is not judged by how many factors it has given: a policy that blocks logins of one factor lets it wait", async () => {
    const handle = await createGuard({ policy, secrets }).begin(attempt);
    const asked = await handle.conclude({ ok: true, factors: ["pwd"], awaiting: "mfa", account: active });
    expect(asked).toMatchObject({ admitted: false, awaiting: true });
    expect(await handle.proof({ ok: true, factors: ["otp"], account: active })).toMatchObject({ admitted: true });
  });

  it("is judged by them at the proof: a second password is no second factor", async () => {
    const handle = await createGuard({ policy, secrets }).begin(attempt);
    await handle.conclude({ ok: true, factors: ["pwd"], awaiting: "mfa", account: active });
    const proven = await handle.proof({ ok: true, factors: ["pin"], account: active });
    expect(proven).toMatchObject({ admitted: false, awaiting: false, decision: { action: "BLOCK" } });
  });

  it("is judged by everything else: a disabled account is refused at once", async () => {
    const handle = await createGuard({ policy, secrets }).begin(attempt);
    const refused = await handle.conclude({ ok: true, factors: ["pwd"], awaiting: "mfa", account: { status: "disabled" } });
    expect(refused).toMatchObject({ admitted: false, awaiting: false, decision: { action: "BLOCK" } });
  });
});

describe("whether a guard signs", () => {
  it("is said by the guard", () => {
    expect(createGuard({ secrets }).signs).toBe(true);
    expect(createGuard().signs).toBe(false);
  });
});
