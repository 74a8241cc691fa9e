import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/schema/input-error.js";
import { isPlainRow, parseEvent, parsePolicy, parsePolicyText, readEvent, readPlainRow } from "../../src/schema/public.js";

/** JSON that looks like ours: our keys and words in the wrong places, and `__proto__` among them. */
const words = fc.constantFrom(
  ...["id", "at", "kind", "login", "account", "source", "user", "rules", "rule", "options", "detectors", "detector", "whileDetected"],
  ...["failed-attempts", "restricted-country", "malicious-ip", "brute-force", "within", "minutes", "blockAt", "flagAt", "deny", "allow"],
  ...["unknown", "lists", "addresses", "name", "mode", "off", "action", "BLOCK", "extends", "default", "sources", "accounts", "overrules"],
  ...["__proto__", "constructor", "toString", "192.0.2.0/24", "2026-03-30T15:54:19Z", "", "\ud800", "x".repeat(600)],
);
const leaf = fc.oneof(words, fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(1_774_886_059_000));
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "medium" },
    leaf,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc
      .array(fc.tuple(words, tie("tree")), { maxLength: 6 })
      .map(
        (pairs) =>
          JSON.parse(`{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? "null"}`).join()}}`) as unknown,
      ),
  ),
}));
const rule = fc.record(
  { rule: words, options: tree, mode: words, onMissing: words, id: words, whileDetected: words, action: words },
  { requiredKeys: [] },
);
const policy = fc.record(
  {
    id: fc.constantFrom("mine", ""),
    extends: fc.constant("default"),
    rules: fc.array(fc.oneof(rule, tree)),
    detectors: fc.oneof(fc.array(tree), tree),
    allow: fc.array(tree),
  },
  { requiredKeys: ["id"] },
);
const anything = fc.oneof(fc.jsonValue(), tree, policy);

/** One line, bounded, without control characters. */
const isSoundMessage = (message: string) => message.length < 2_000 && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(message);

const refusalOf = (run: () => unknown): InputError | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error;
  }
};

describe("law: any JSON is a value or an InputError", () => {
  it.each<[string, (json: unknown) => unknown]>([
    ["parseEvent", (json) => parseEvent(json)],
    ["parsePolicy", (json) => parsePolicy(json)],
    ["parsePolicyText", (json) => parsePolicyText(JSON.stringify(json))],
  ])("%s", (_, parse) => {
    fc.assert(
      fc.property(anything, (json) => {
        const refusal = refusalOf(() => parse(json));
        if (refusal === undefined) return;
        expect(refusal.issues.length).toBeGreaterThan(0);
        for (const text of [refusal.message, ...refusal.issues.flatMap(({ path, message }) => [path, message])])
          expect(text).toSatisfy(isSoundMessage);
      }),
      { numRuns: 1_000 },
    );
  });

  it("readEvent and readPlainRow throw nothing at all, and change nothing", () => {
    fc.assert(
      fc.property(anything, (json) => {
        const before = JSON.stringify(json);
        for (const unknownKeys of ["drop", "refuse"] as const) {
          const reading = readEvent(json, { unknownKeys });
          if (!reading.ok) expect(reading.issues.length).toBeGreaterThan(0);
        }
        const row = readPlainRow(json, 1);
        if (row.ok) expect(isPlainRow(json) || typeof json === "object").toBe(true);
        expect(JSON.stringify(json)).toBe(before);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("hostile documents are answered soon", () => {
  const deep = JSON.parse(`${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`) as unknown;
  const long = "x".repeat(1_000_000);
  const smallest = { id: "1", at: 1_774_886_059_000, kind: "login", outcome: "success", account: { id: "ann" }, source: {} };

  it.each<[string, unknown]>([
    ["deep", deep],
    ["deep in a place of ours", { ...smallest, account: deep, source: deep, client: deep }],
    ["a million characters everywhere", Object.fromEntries(Object.keys(smallest).map((key) => [key, long]))],
    ["a key of a million characters", { ...smallest, [long]: 1 }],
    ["a hundred thousand keys", { ...smallest, ...Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i])) }],
    ["a hundred thousand factors", { ...smallest, factors: Array(100_000).fill({}) }],
  ])("event: %s", (_, json) => {
    const started = performance.now();
    readEvent(json);
    readEvent(json, { unknownKeys: "refuse" });
    readPlainRow(json, 1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each<[string, unknown]>([
    ["deep", { id: "mine", rules: [deep], allow: [deep], detectors: [deep] }],
    ["deep in options", { id: "mine", rules: [{ rule: "failed-attempts", options: deep }] }],
    ["a hundred thousand bad rules", { id: "mine", rules: Array(100_000).fill({ rule: "x" }) }],
    [
      "a hundred thousand bad addresses",
      { id: "mine", rules: [{ rule: "malicious-ip", options: { lists: [{ name: "a", addresses: Array(100_000).fill("x") }] } }] },
    ],
    ["a hundred thousand keys", { id: "mine", rules: [], ...Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i])) }],
    ["an id of a million characters", { id: long, rules: [{ rule: long }, { rule: "failed-attempts", id: long, mode: long }] }],
  ])("policy: %s", (_, json) => {
    const started = performance.now();
    const refusal = refusalOf(() => parsePolicy(json));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(refusal!.issues.length).toBeLessThanOrEqual(100);
    expect(refusal!.message).toSatisfy(isSoundMessage);
  });

  it("leave no mark on every object", () => {
    refusalOf(() => parsePolicy(JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": { "prototype": { "polluted": 1 } } }')));
    readEvent(JSON.parse('{ "__proto__": { "polluted": 1 }, "account": { "__proto__": { "polluted": 1 } } }'));
    expect("polluted" in {}).toBe(false);
  });
});
