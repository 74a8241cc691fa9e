import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plainRowFields } from "../../src/schema/plain-row-fields.js";
import { eventJsonSchema, isPlainRow, parseEvent, parsePolicy, policyJsonSchema, readPlainRow } from "../../src/schema/public.js";
import { docBlocks } from "./doc-blocks.js";

describe("docs/reference/policy-file.md", () => {
  const blocks = docBlocks("policy-file.md");
  it("has examples", () => expect(blocks.length).toBeGreaterThan(4));
  it.each(blocks)("line $line is a policy", ({ json }) => expect(() => parsePolicy(json)).not.toThrow());
});

describe("docs/reference/event.md", () => {
  const blocks = docBlocks("event.md");
  it("has examples", () => expect(blocks.length).toBeGreaterThan(3));
  it.each(blocks)("line $line is an event or a plain row, with no key that is dropped", ({ json }) => {
    if (isPlainRow(json)) expect(readPlainRow(json, 1).ok).toBe(true);
    else expect(() => parseEvent(json, { unknownKeys: "refuse" })).not.toThrow();
  });
});

describe("the pages name everything", () => {
  const namedOn = (page: string) => {
    const text = readFileSync(new URL(`../../docs/reference/${page}`, import.meta.url), "utf8");
    return new Set([...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) => [code!, code!.replace(/[_ ]/g, "").toLowerCase()]));
  };
  /** The keys of every object that a JSON Schema describes, and the words of every choice. */
  const wordsOf = (schema: unknown): readonly string[] => {
    if (typeof schema !== "object" || schema === null) return [];
    const { properties = {}, enum: choice = [], not: _, ...rest } = schema as { readonly [keyword: string]: object };
    return [...Object.keys(properties), ...(choice as string[]), ...Object.values({ ...properties, ...rest }).flatMap(wordsOf)];
  };

  it.each([
    ["policy-file.md", policyJsonSchema()],
    ["event.md", eventJsonSchema()],
  ])("%s", (page, schema) => {
    const named = namedOn(page);
    expect(new Set(wordsOf(schema)).size).toBeGreaterThan(30);
    expect([...new Set(wordsOf(schema))].filter((word) => !named.has(word))).toEqual([]);
  });

  it("event.md, every column of a plain row", () => {
    const named = namedOn("event.md");
    expect(Object.values(plainRowFields).flatMap(({ names }) => names.filter((name) => !named.has(name)))).toEqual([]);
  });
});
