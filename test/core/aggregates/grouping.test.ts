import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  byAccount,
  byAccountAndDevice,
  byAccountAndSource,
  bySource,
  byTenant,
  type Grouping,
  groupKey,
} from "../../../src/core/aggregates/grouping.js";
import { identify } from "../../../src/core/aggregates/identity.js";
import type { LoginEvent } from "../../../src/core/model/login-event.js";
import { login } from "../../support/login.js";

interface Whose {
  readonly tenant?: string | undefined;
  readonly account?: string;
  readonly ip?: string | undefined;
  readonly device?: string | undefined;
}

function eventOf({ tenant, account = "ann", ip, device }: Whose): LoginEvent {
  return login(0, {
    account,
    source: ip === undefined ? {} : { ip },
    ...(tenant === undefined ? {} : { tenant }),
    ...(device === undefined ? {} : { client: { deviceId: device } }),
  });
}

function keyOf(by: Grouping, whose: Whose): string | undefined {
  const event = eventOf(whose);
  return groupKey(by, identify(event, undefined), event);
}

/** Texts made of what keys are made of: digits, colons, NUL, and the words that stand for a missing part. */
const tricky = fc.oneof(
  fc.string({ unit: fc.constantFrom("\u0000", ":", "0", "1", "2", "a", "none", "*"), minLength: 0, maxLength: 8 }),
  fc.constantFrom("__proto__", "constructor", "1:a", "\u00001:a", "\u00000:", "\u00000:\u0000a", "none", "192.0.2.1"),
);
const whose = fc.record({
  tenant: fc.option(tricky, { nil: undefined }),
  account: tricky,
  ip: fc.constantFrom(undefined, "192.0.2.1", "192.0.2.2", "2001:db8::1", "999.1.1.1"),
  device: fc.option(tricky, { nil: undefined }),
});
const groupings = [byAccount, bySource, byAccountAndSource, byAccountAndDevice, byTenant];

/** What two events of one group must agree in. */
function partsOf(by: Grouping, of: Whose): unknown {
  const { account, source, device } = identify(eventOf(of), undefined);
  const parts = { account, source: source ?? "unreadable", device };
  return [of.tenant ?? ["nobody's"], ...by.parts.map((part) => parts[part])];
}

describe("the key of a group", () => {
  it.each(groupings)("is one for two events exactly when they agree in their tenant and every part: by $name", (by) => {
    fc.assert(
      fc.property(whose, whose, (one, other) => {
        const [a, b] = [keyOf(by, one), keyOf(by, other)];
        fc.pre(a !== undefined && b !== undefined);
        expect(a === b).toBe(JSON.stringify(partsOf(by, one)) === JSON.stringify(partsOf(by, other)));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["a tenant without a name and none at all", { tenant: "", account: "\u0000a" }, { account: "\u0000a" }],
    ["a tenant and an account that looks like one", { tenant: "acme", account: "ann" }, { account: "\u00004:acmeann" }],
    ["a tenant's end and an account's beginning", { tenant: "ab", account: "c" }, { tenant: "a", account: "bc" }],
    ["a tenant with a colon and one without", { tenant: "1:a", account: "b" }, { tenant: "1", account: ":ab" }],
    ["no tenant and the tenant of the escape", { account: "\u00000:x" }, { tenant: "", account: "x" }],
  ])("%s are two groups", (_, one, other) => {
    expect(keyOf(byAccount, one)).not.toBe(keyOf(byAccount, other));
  });

  it.each([
    ["an account that ends as an address begins", { account: "a", ip: "192.0.2.1" }, { account: "a1", ip: "92.0.2.1" }],
    ["an unreadable address and an account called none", { account: "a", ip: "127.1" }, { account: "anone", ip: "127.1" }],
    ["an account that starts like a length", { account: "1:a", ip: "127.1" }, { account: "a", ip: "127.1" }],
  ])("%s are two pairs", (_, one, other) => {
    expect(keyOf(byAccountAndSource, one)).not.toBe(keyOf(byAccountAndSource, other));
  });
});

describe("an event without the parts of a grouping", () => {
  it.each<[string, Grouping, Whose]>([
    ["a source that nobody stated", bySource, {}],
    ["a source that is no address", bySource, { ip: "999.1.1.1" }],
    ["a short form of an address", bySource, { ip: "127.1" }],
    ["an account without a name", byAccount, { account: "" }],
    ["an account of blanks", byAccount, { account: " \t\n" }],
    ["an account of a megabyte", byAccount, { account: "a".repeat(1_000_000) }],
    ["a pair without an account", byAccountAndSource, { account: " ", ip: "192.0.2.1" }],
    ["a device that nobody vouched for", byAccountAndDevice, {}],
    ["a device without a name", byAccountAndDevice, { device: "" }],
    ["a device of 513 characters", byAccountAndDevice, { device: "d".repeat(513) }],
  ])("%s belongs to no group: there is no shared bucket", (_, by, whose) => {
    expect(keyOf(by, whose)).toBeUndefined();
  });

  it("an unreadable address still counts within its account, and apart from a readable one", () => {
    const unreadable = keyOf(byAccountAndSource, { ip: "999.1.1.1" });
    expect(unreadable).toBeDefined();
    expect(unreadable).toBe(keyOf(byAccountAndSource, { ip: "127.1" }));
    expect(unreadable).not.toBe(keyOf(byAccountAndSource, { ip: "127.0.0.1" }));
    expect(unreadable).not.toBe(keyOf(byAccountAndSource, { account: "bob", ip: "127.1" }));
  });

  it("a device of 512 characters still counts", () => {
    expect(keyOf(byAccountAndDevice, { device: "d".repeat(512) })).toBeDefined();
  });
});

describe("what counts as one", () => {
  it.each<[string, Grouping, Whose, Whose]>([
    ["one account in capitals and not", byAccount, { account: " ANN@Example.com " }, { account: "ann@example.com" }],
    ["an IPv4-mapped address and its IPv4 address", bySource, { ip: "::ffff:1.2.3.4%eth0" }, { ip: "1.2.3.4" }],
    ["two addresses of one /64", bySource, { ip: "2001:db8::1" }, { ip: "2001:db8::2" }],
    ["everyone of a tenant", byTenant, { account: "ann", tenant: "acme" }, { account: "bob", tenant: "acme" }],
  ])("%s", (_, by, one, other) => {
    expect(keyOf(by, one)).toBeDefined();
    expect(keyOf(by, one)).toBe(keyOf(by, other));
  });

  it("an alias makes two accounts one, and is called with the canonical name", () => {
    const asked: string[] = [];
    const alias = (account: string): string => {
      asked.push(account);
      return account.replaceAll(".", "");
    };
    expect(identify(eventOf({ account: " A.B@x" }), alias).account).toBe("ab@x");
    expect(asked).toEqual(["a.b@x"]);
    expect(identify(eventOf({ account: "ann" }), () => "  ").account).toBeUndefined();
    expect(identify(eventOf({ account: "ann" }), () => "BOB").account).toBe("bob");
  });
});
