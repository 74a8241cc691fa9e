import { describe, expect, it } from "vitest";
import * as z from "zod";
import { detectorCatalogue } from "../../src/core/detectors/catalogue.js";
import type { Detector } from "../../src/core/detectors/detector.js";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { ruleCatalogue } from "../../src/core/rules/catalogue.js";
import type { Rule } from "../../src/core/rules/rule.js";
import { detectorOptionSchemas } from "../../src/schema/detector-option-schemas.js";
import { ruleOptionSchemas } from "../../src/schema/rule-option-schemas.js";

const schemas: { readonly [id: string]: z.ZodType } = { ...ruleOptionSchemas, ...detectorOptionSchemas };
const factories = { ...ruleCatalogue, ...detectorCatalogue } as unknown as { readonly [id: string]: (options?: object) => Rule | Detector };

/** What cannot be left out. */
const needed: { readonly [id: string]: object } = {
  "malicious-ip": { lists: [{ name: "abuse", addresses: ["192.0.2.0/24"] }] },
  "restricted-country": { deny: ["KP"], unknown: "FLAG" },
};
const events: readonly LoginEvent[] = (["human", "service"] as const).flatMap((type) =>
  [true, false].map((privileged) => ({
    id: "1",
    at: 0,
    kind: "login",
    outcome: "success",
    interactive: true,
    account: { id: "ann", type, privileged, mfaEnrolled: false },
    source: { ip: "192.0.2.7", country: "KP" },
  })),
);

/** Limits, windows, and what is said of some events where nothing is remembered. */
const behaviourOf = (made: Rule | Detector) => ({
  limits: made.limits,
  reads: Object.entries(made.reads).map(([name, { within, limit }]) => ({ name, within, limit })),
  says: "evaluate" in made && Object.keys(made.reads).length === 0 ? events.map((event) => made.evaluate({}, event)) : [],
});

const described = Object.entries(schemas).flatMap(([id, schema]) => {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(properties).flatMap(([option, property]) =>
    typeof property === "object" && property.default !== undefined ? [{ id, option, value: property.default }] : [],
  );
});

describe("a default that a schema states is the default of the code", () => {
  it("and there are such", () => expect(described.length).toBeGreaterThan(14));

  it.each(described)("$id: $option", ({ id, option, value }) => {
    const make = factories[id]!;
    expect(behaviourOf(make({ ...needed[id], [option]: value }))).toEqual(behaviourOf(make({ ...needed[id] })));
  });

  it("and another value would be noticed", () => {
    expect(behaviourOf(ruleCatalogue["missing-mfa"]({ action: "BLOCK" }))).not.toEqual(behaviourOf(ruleCatalogue["missing-mfa"]()));
    expect(behaviourOf(ruleCatalogue["failed-attempts"]({ within: { minutes: 16 } }))).not.toEqual(
      behaviourOf(ruleCatalogue["failed-attempts"]()),
    );
  });
});

describe("every option is described", () => {
  const options = Object.entries(schemas).flatMap(([id, schema]) => {
    const { properties = {}, anyOf = [] } = z.toJSONSchema(schema, { io: "input" });
    const all = [properties, ...anyOf.map((branch) => branch.properties ?? {})].flatMap((part) => Object.entries(part));
    return all.filter(([, property]) => JSON.stringify(property) !== '{"not":{}}').map(([option, property]) => ({ id, option, property }));
  });

  it.each(options)("$id: $option", ({ property }) => {
    expect(property).toHaveProperty("description", expect.stringMatching(/\w.*\.$/));
  });
});
