import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSigner } from "../../src/guard/signed-text.js";

const [old, renewed] = ["old", "renewed"].map((name) => `${name}-secret-of-at-least-thirty-two-bytes`);
const signer = createSigner([renewed!]);

describe("a signed text", () => {
  it("gives back what was signed, for the same purpose and context", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), async (purpose, context, payload) => {
        const signed = await signer.sign(purpose, context, payload);
        expect(signed).toMatch(/^[\w-]*\.[\w-]{43}$/);
        expect(await signer.open(purpose, context, signed)).toBe(payload);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["another purpose", "device", "ann"],
    ["another context", "attempt", "bob"],
    ["no context", "attempt", ""],
    ["a context that is longer by a blank", "attempt", "ann "],
    ["purpose and context cut elsewhere", "attemp", "tann"],
    ["a context with the length of another in it", "attempt", "3:ann"],
    ["a purpose that holds the context", "attempt:3", "ann"],
  ])("opens for nothing else: %s", async (_, purpose, context) => {
    const signed = await signer.sign("attempt", "ann", "payload");
    expect(await signer.open(purpose, context, signed)).toBeUndefined();
  });

  it("opens by any of the secrets, and is signed by the first", async () => {
    const [before, between, after] = [createSigner([old!]), createSigner([renewed!, old!]), createSigner([renewed!])];
    expect(await between.open("p", "c", await before.sign("p", "c", "payload"))).toBe("payload");
    expect(await after.open("p", "c", await before.sign("p", "c", "payload"))).toBeUndefined();
    expect(await after.open("p", "c", await between.sign("p", "c", "payload"))).toBe("payload");
  });

  it("opens in one spelling only: no character can be another", async () => {
    const signed = await signer.sign("p", "c", "payload");
    const characters = fc.constantFrom(..."ABCabc019-_.=+/ ~");
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length - 1), characters, async (at, by) => {
        fc.pre(signed[at] !== by);
        expect(await signer.open("p", "c", signed.slice(0, at) + by + signed.slice(at + 1))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("that is anything else opens to nothing, and never throws", async () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("", ".", "..", "a.b.c", "a.", ".b", "A".repeat(70_000)),
      fc.anything(),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await signer.open("p", "c", text as string)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("of nothing is one too", async () => {
    expect(await signer.open("p", "", await signer.sign("p", "", ""))).toBe("");
  });
});

describe("createSigner", () => {
  it.each<[string, unknown, typeof TypeError | typeof RangeError]>([
    ["no secrets", [], TypeError],
    ["no list", renewed, TypeError],
    ["nothing", undefined, TypeError],
    ["a secret that is none", [null], TypeError],
    ["a short secret", ["short"], RangeError],
    ["a short secret behind a long one", [renewed, "short"], RangeError],
  ])("refuses %s", (_, secrets, kind) => expect(() => createSigner(secrets as string[])).toThrow(kind));
});
