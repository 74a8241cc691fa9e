import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { detectorCatalogue } from "../../src/core/detectors/catalogue.js";
import { ruleCatalogue } from "../../src/core/rules/catalogue.js";
import { detectorOptionSchemas } from "../../src/schema/detector-option-schemas.js";
import { eventJsonSchema, type JsonSchema, policyJsonSchema } from "../../src/schema/json-schemas.js";
import { parsePolicy, readEvent } from "../../src/schema/public.js";
import { ruleOptionSchemas } from "../../src/schema/rule-option-schemas.js";
import { docBlocks } from "./doc-blocks.js";
import { fits } from "./json-schema-check.js";

const policy = policyJsonSchema();
const event = eventJsonSchema();
const at = (schema: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((part, key) => (part as { readonly [key: string]: unknown })[key], schema);
const branches = (list: string) => at(policy, "properties", list, "items", "anyOf") as readonly JsonSchema[];
const branchOf = (list: string, key: string, id: string) => branches(list).find((branch) => at(branch, "properties", key, "const") === id)!;

describe("the JSON Schemas", () => {
  it.each([
    ["event", event, "urn:portcullis:schema:event", "Login event"],
    ["policy", policy, "urn:portcullis:schema:policy", "portcullis policy"],
  ])("of %s says what it is", (_, schema, $id, title) => {
    expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", $id, title, description: expect.any(String) });
  });

  it("are values of their own each time", () => {
    expect(policyJsonSchema()).toEqual(policy);
    expect(policyJsonSchema()).not.toBe(policy);
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
  });
});

describe("an editor with the policy schema", () => {
  it("completes every rule and detector of the library, each with its own options", () => {
    expect(Object.keys(ruleOptionSchemas)).toEqual(Object.keys(ruleCatalogue));
    expect(Object.keys(detectorOptionSchemas)).toEqual(Object.keys(detectorCatalogue));
    for (const id of Object.keys(ruleCatalogue)) expect(branchOf("rules", "rule", id)).toBeDefined();
    for (const id of Object.keys(detectorCatalogue)) expect(branchOf("detectors", "detector", id)).toBeDefined();
    const options = at(branchOf("rules", "rule", "failed-attempts"), "properties", "options", "properties") as object;
    expect(Object.keys(options)).toEqual(["flagAt", "blockAt", "within", "challengeAccountAt", "accountWithin"]);
    expect(at(options, "flagAt")).toEqual({
      type: "integer",
      minimum: 1,
      maximum: 10_000,
      default: 5,
      description: "Failures of the account from one source that FLAG.",
    });
  });

  it("is offered no option that nothing fits", () => expect(JSON.stringify(policy)).not.toContain('{"not":{}}'));

  it("takes a rule of one's own, which has no options", () => {
    const own = branches("rules").find((branch) => at(branch, "properties", "rule", "not") !== undefined)!;
    expect(at(own, "properties", "rule", "not")).toEqual({ enum: Object.keys(ruleCatalogue) });
    expect(Object.keys(at(own, "properties") as object)).toEqual(["rule", "mode", "onMissing", "id"]);
    expect(own.additionalProperties).toBe(false);
  });
});

describe("the schema and the parser agree on policies", () => {
  const withRule = (rule: unknown) => ({ id: "mine", rules: [rule] });
  const valid = [
    { id: "mine", extends: "default" },
    withRule({ rule: "failed-attempts", options: { blockAt: 5, within: { minutes: 10 } }, mode: "shadow", onMissing: "FLAG", id: "short" }),
    withRule({ rule: "restricted-country", options: { deny: ["KP"], unknown: "FLAG" } }),
    withRule({ rule: "restricted-country", options: { allow: ["NO"], unknown: "ABSTAIN" } }),
    withRule({ rule: "malicious-ip", options: { lists: [{ name: "a", addresses: ["192.0.2.0/24"], updatedAt: "2026-03-30T15:54:19Z" }] } }),
    { id: "mine", rules: [{ whileDetected: "brute-force", action: "BLOCK" }], detectors: [{ detector: "brute-force" }] },
    { id: "mine", extends: "default", allow: [{ name: "a", accounts: ["ann"] }], onFailure: "ABSTAIN", withoutChallenge: "BLOCK" },
  ];
  it.each(valid)("valid: %j", (json) => {
    expect(() => parsePolicy(json)).not.toThrow();
    expect(fits(policy, json)).toBe(true);
  });

  it.each<unknown>([
    null,
    {},
    { id: "mine" },
    { id: "mine", rules: [], typo: 1 },
    { id: "mine", extends: "default", allow: [{ name: "all" }] },
    withRule({ rule: "failed-attempts", options: { blockAt: 0 } }),
    withRule({ rule: "failed-attempts", options: { blockat: 5 } }),
    withRule({ rule: "failed-attempts", options: { within: { months: 1 } } }),
    withRule({ rule: "failed-attempts", mode: "on" }),
    withRule({ rule: "restricted-country", options: { deny: ["KP"], allow: ["NO"], unknown: "FLAG" } }),
    withRule({ rule: "restricted-country", options: { deny: ["KP"] } }),
    withRule({ rule: "restricted-country", options: { allow: [], unknown: "FLAG" } }),
    withRule({ rule: "Not An Id" }),
    withRule({ rule: "my-rule", options: {} }),
    withRule({ whileDetected: "brute-force", action: "ALLOW" }),
    { id: "mine", rules: [], detectors: [{ detector: "brute-force", options: { limit: 1.5 } }] },
  ])("invalid: %j", (json) => {
    expect(() => parsePolicy(json)).toThrow();
    expect(fits(policy, json)).toBe(false);
  });

  it("the examples of the page", () => {
    for (const { json } of docBlocks("policy-file.md")) expect(fits(policy, json)).toBe(true);
  });
});

describe("the schema and the parser agree on events", () => {
  const smallest = { id: "1", at: 1_774_886_059_000, kind: "login", outcome: "success", account: { id: "ann" }, source: {} };
  it.each<unknown>([smallest, { ...smallest, at: "2026-03-30T15:54:19Z" }, { ...smallest, factors: ["pwd"], extra: true }])(
    "valid: %j",
    (json) => {
      expect(readEvent(json).ok).toBe(true);
      expect(fits(event, json)).toBe(true);
    },
  );

  it.each<unknown>([
    {},
    { ...smallest, id: "" },
    { ...smallest, at: 1_774_886_059 },
    { ...smallest, at: null },
    { ...smallest, kind: "logon" },
    { ...smallest, account: {} },
    { ...smallest, history: { failedAttempts: -1 } },
    { ...smallest, source: { location: { latitude: 0 } } },
  ])("invalid: %j", (json) => {
    expect(readEvent(json).ok).toBe(false);
    expect(fits(event, json)).toBe(false);
  });

  it("the examples of the page", () => {
    const events = docBlocks("event.md").filter(({ json }) => "account" in (json as object) && typeof at(json, "account") === "object");
    expect(events.length).toBeGreaterThan(1);
    for (const { json } of events) expect(fits(event, json)).toBe(true);
  });
});

describe("the check itself", () => {
  it("refuses a keyword that it does not know", () => expect(() => fits({ contains: {} }, [])).toThrow("unknown keyword"));
  it("knows no schema by heart", () =>
    expect(readFileSync(new URL("./json-schema-check.ts", import.meta.url), "utf8")).not.toContain("failed-attempts"));
});
