import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64Url, hashKey, hasKeyedHash, keyedHash, toBase64Url } from "../../src/guard/keyed-hash.js";

const secret = "a-secret-of-at-least-thirty-two-bytes";
const key = hashKey("the key", secret);

describe("keyedHash", () => {
  it("is HMAC-SHA-256, base64url", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme", minLength: 32, maxLength: 80 }),
        async (text, own) => {
          const expected = createHmac("sha256", own).update(text).digest("base64url");
          expect(await keyedHash(hashKey("the key", own), text)).toBe(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  // RFC 4231, test case 6: a key longer than the block. Keys of 131 bytes 0xaa are no text, so the same by node:crypto
  it("takes a key longer than a block", async () => {
    const long = "k".repeat(131);
    expect(await keyedHash(hashKey("the key", long), "Test Using Larger Than Block-Size Key - Hash Key First")).toBe(
      createHmac("sha256", long).update("Test Using Larger Than Block-Size Key - Hash Key First").digest("base64url"),
    );
  });

  it("tells any two texts apart, those too that UTF-8 would not", async () => {
    const texts = ["a\ud800", "a\ud801", "a\ufffd", "a\udc00", "a", "a\u{10000}", "\ud800a", '"a\\ud800"'];
    const hashes = await Promise.all(texts.map((text) => keyedHash(key, `account::${text}`)));
    expect(new Set(hashes).size).toBe(texts.length);
  });
});

describe("hasKeyedHash", () => {
  it("knows its own hash", async () => {
    for (const text of ["", "ann", "\ud800", "\u0000".repeat(1_000)])
      expect(await hasKeyedHash(key, text, await keyedHash(key, text))).toBe(true);
  });

  it.each<[string, (hash: string) => string]>([
    ["of another text", () => "LMrLkyfUXh6JfnHfXrnyp2dfNNwHHLgFk4fC0rNlbrE"],
    ["cut off", (hash) => hash.slice(0, -1)],
    ["longer", (hash) => `${hash}A`],
    ["of no length", () => ""],
    ["with padding", (hash) => `${hash}=`],
    ["in plain base64", (hash) => `${hash.slice(0, -1)}+`],
    ["that differs in the bits to spare of its last character", (hash) => hash.slice(0, -1) + nextCharacter(hash.at(-1)!)],
  ])("knows none that is %s", async (_, change) => {
    expect(await hasKeyedHash(key, "ann", change(await keyedHash(key, "ann")))).toBe(false);
  });

  it("knows none by another key", async () => {
    expect(await hasKeyedHash(hashKey("the key", `${secret}!`), "ann", await keyedHash(key, "ann"))).toBe(false);
  });
});

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** The character whose first four bits are the same: 43 characters hold two bits more than 32 bytes. */
function nextCharacter(last: string): string {
  return alphabet[alphabet.indexOf(last) ^ 1]!;
}

describe("base64url", () => {
  it("is read as it was written, for any bytes, and as the platform writes it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect([...fromBase64Url(text)!]).toEqual([...bytes]);
      }),
    );
  });

  it("is one text for one list of bytes: any other text of the same bytes is none", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...alphabet), { maxLength: 12 }), (characters) => {
        const text = characters.join("");
        const bytes = fromBase64Url(text);
        expect(bytes === undefined || toBase64Url(bytes) === text).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(["a", "aaaaa", "=", "ab==", "a b", "a+b/", "\u00e4\u00e4", "ab\n", "-_-\u0000", "A".repeat(65_537)])("%j is none", (text) => {
    expect(fromBase64Url(text)).toBeUndefined();
  });

  it("of 40,000 bytes is no trouble", () => {
    const bytes = new Uint8Array(40_000).fill(7);
    expect(fromBase64Url(toBase64Url(bytes))?.length).toBe(40_000);
  });
});

describe("hashKey", () => {
  it.each([
    ["31 letters", "x".repeat(31)],
    ["15 letters of two bytes", "\u00e9".repeat(15)],
    ["nothing", ""],
  ])("of %s is too short, and the message shows no letter of it", (_, short) => {
    expect(() => hashKey("`it`", short)).toThrow(RangeError);
    expect(() => hashKey("`it`", short)).toThrow("expected `it` to have at least 32 bytes; make one with `openssl rand -base64 32`");
  });

  it.each([undefined, null, 7, {}])("of %j is misuse", (none) => expect(() => hashKey("`it`", none as never)).toThrow(TypeError));
});
