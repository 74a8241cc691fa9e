import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byAccount, byAccountAndDevice, byAccountAndSource, bySource, byTenant, groupKey } from "../../src/core/aggregates/grouping.js";
import { identify } from "../../src/core/aggregates/identity.js";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { ownerOf, type StoreKey, storeKey } from "../../src/guard/store-key.js";
import { login } from "../support/login.js";

const groupings = [byAccount, bySource, byAccountAndSource, byAccountAndDevice, byTenant];

/** The keys of all groups of an event, with what they are keys of. */
function keysOf(event: LoginEvent): { readonly of: string; readonly place: StoreKey }[] {
  const identity = identify(event, undefined);
  return groupings.flatMap((by) => {
    const key = groupKey(by, identity, event);
    return key === undefined ? [] : [{ of: JSON.stringify([by.name, key]), place: storeKey(by, key, ownerOf(identity)) }];
  });
}

describe("storeKey", () => {
  it.each<[string, LoginEvent, readonly (readonly [string, string | undefined])[]]>([
    [
      "an ordinary login",
      login(0, { client: { deviceId: "laptop" } }),
      [
        ["{ann}account:ann", "ann"],
        ["{source:192.0.2.1}", undefined],
        ["{ann}account-and-source:3:ann192.0.2.1", "ann"],
        ["{ann}account-and-device:3:annlaptop", "ann"],
        ["{tenant:*}".replace("*", "%002a"), undefined],
      ],
    ],
    [
      "of a tenant",
      login(0, { tenant: "acme", source: {} }),
      [
        ["{%00004:acmeann}account:%00004:acmeann", "%00004:acmeann"],
        ["{%00004:acmeann}account-and-source:%00004:acme3:annnone", "%00004:acmeann"],
        ["{tenant:%00004:acme%002a}", undefined],
      ],
    ],
    [
      "with braces, blanks and quotes in its name",
      login(0, { account: '{a} "b"', source: {} }),
      [
        ["{%007ba%007d%0020%0022b%0022}account:%007ba%007d%0020%0022b%0022", "%007ba%007d%0020%0022b%0022"],
        ["{%007ba%007d%0020%0022b%0022}account-and-source:7:%007ba%007d%0020%0022b%0022none", "%007ba%007d%0020%0022b%0022"],
        ["{tenant:%002a}", undefined],
      ],
    ],
    ["by nobody from nowhere", login(0, { account: "", source: {} }), [["{tenant:%002a}", undefined]]],
  ])("of %s", (_, event, keys) => {
    expect(keysOf(event).map(({ place }) => [place.key, place.owner])).toEqual(keys);
  });

  const names = fc.oneof(
    fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
    fc
      .array(fc.constantFrom("a", "1", ":", "{", "}", "%", "0", "\u0000", "\ud800", "\u00e4"), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join("")),
  );
  const event = fc
    .record({ account: names, ip: fc.constantFrom("192.0.2.1", "2001:db8::1", "none"), device: fc.option(names), tenant: fc.option(names) })
    .map(({ account, ip, device, tenant }) =>
      login(0, { account, ip, ...(device === null ? {} : { client: { deviceId: device } }), ...(tenant === null ? {} : { tenant }) }),
    );

  it("is one key a group: two groups never share one, whatever their names", () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 2, maxLength: 6 }), (events) => {
        const places = events.flatMap(keysOf);
        const groups = new Map(places.map(({ of, place }) => [place.key, of]));
        for (const { of, place } of places) expect(groups.get(place.key)).toBe(of);
        expect(groups.size).toBe(new Set(places.map(({ of }) => of)).size);
      }),
      { numRuns: 500 },
    );
  });

  it("is printable ASCII with one tag in braces at its beginning, the same for all groups of an account", () => {
    fc.assert(
      fc.property(event, (each) => {
        const places = keysOf(each).map(({ place }) => place);
        for (const { key, owner } of places) {
          expect(key).toMatch(/^\{[!-z|~]+\}[!-z|~]*$/);
          if (owner !== undefined) expect(key.startsWith(`{${owner}}`)).toBe(true);
        }
        expect(new Set(places.flatMap(({ owner }) => owner ?? [])).size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it("gives two accounts of two tenants two owners", () => {
    fc.assert(
      fc.property(event, event, (one, other) => {
        const [a, b] = [identify(one, undefined), identify(other, undefined)];
        fc.pre(a.account !== undefined && b.account !== undefined);
        const same = a.account === b.account && a.tenantPrefix === b.tenantPrefix;
        expect(ownerOf(a) === ownerOf(b)).toBe(same);
      }),
      { numRuns: 1_000, examples: [[login(0, { account: "\u00001:ab" }), login(0, { account: "b", tenant: "a" })]] },
    );
  });
});
