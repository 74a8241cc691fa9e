import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalAccount } from "../../../src/core/aggregates/canonical-account.js";

describe("an account id in canonical form", () => {
  it.each([
    ["plain text is itself", "ann@example.com", "ann@example.com"],
    ["capitals are folded", "Ann@Example.COM", "ann@example.com"],
    ["blanks around it go", " \t ann \n", "ann"],
    ["an ideographic and a no-break space go as well", "\u3000ann\u00a0", "ann"],
    ["blanks inside stay", "ann lee", "ann lee"],
    ["full-width letters are letters", "ＡＮＮ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ann@example.com"],
    ["a ligature is its letters", "oﬃce", "office"],
    ["a composed and a decomposed letter are one", "rene\u0301", "ren\u00e9"],
    ["a capital with a mark is its small letter in one piece", "J\u030c", "\u01f0"],
    ["a Kelvin sign is a k", "\u212a", "k"],
    ["a superscript is its digit", "x²", "x2"],
    ["a Turkish dotless i stays itself: it is another letter", "ısmail", "ısmail"],
    ["a Turkish dotted capital keeps its dot", "İ", "i\u0307"],
    ["a final sigma is a sigma", "ΟΔΟΣ", "οδοσ"],
    ["so is one written as such", "οδος", "οδοσ"],
    ["an eszett stays one letter", "STRAẞE", "straße"],
    ["a name of the language's own is a name", "__proto__", "__proto__"],
    ["so is this one", "Constructor", "constructor"],
    ["control characters stay: they make another account", "ann\u0000\u001b[31m", "ann\u0000\u001b[31m"],
    ["a lone surrogate is no error", "ann\ud800", "ann\ud800"],
  ])("%s", (_, id, canonical) => {
    expect(canonicalAccount(id)).toBe(canonical);
  });

  it.each([
    ["nothing", ""],
    ["blanks only", " \t\r\n\u3000\u00a0"],
    ["513 characters", "a".repeat(513)],
    ["a megabyte", "A".repeat(1_000_000)],
    ["512 characters that unfold to more", "ﬃ".repeat(512)],
  ])("%s is none", (_, id) => {
    expect(canonicalAccount(id)).toBeUndefined();
  });

  it.each([
    ["512 characters", "a".repeat(512)],
    ["512 characters and a thousand blanks round them", `${" ".repeat(500)}${"a".repeat(512)}${"\t".repeat(500)}`],
    ["512 capitals", "A".repeat(512)],
  ])("%s still are one", (_, id) => {
    expect(canonicalAccount(id)).toBe("a".repeat(512));
  });

  it.each([null, undefined, 42, {}, ["ann"]])("%j, which is no text, is none", (id) => {
    expect(canonicalAccount(id as unknown as string)).toBeUndefined();
  });
});

const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom("Σ", "ς", "İ", "ı", "ﬃ", "ﷺ", "\u0301", "\u0308", " ", "\u00a8", "Å", "A", "ẞ", "\u0345", "Ᾱ"),
    maxLength: 12,
  }),
);

describe("for any text", () => {
  it("the canonical form is its own canonical form", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const canonical = canonicalAccount(text);
        fc.pre(canonical !== undefined);
        expect(canonicalAccount(canonical!)).toBe(canonical);
      }),
      { numRuns: 3000 },
    );
  });

  it("spelling it composed or decomposed, with or without blanks around, makes no other account", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const spelled of [text.normalize("NFC"), text.normalize("NFD"), text.normalize("NFKD"), ` ${text}\t`]) {
          expect(canonicalAccount(spelled)).toBe(canonicalAccount(text));
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("printable ASCII takes the short way to the same form", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 40 }), (text) => {
        expect(canonicalAccount(text) ?? "").toBe(text.toLowerCase().trim());
      }),
      { numRuns: 1000 },
    );
  });

  it("it is never empty and never longer than 512 characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "ﷺ", "ﬃ", " "), minLength: 100, maxLength: 600 }), (text) => {
        const length = canonicalAccount(text)?.length ?? 1;
        expect(length >= 1 && length <= 512).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("every code point there is", () => {
  it("has a canonical form that stays", () => {
    const moving: string[] = [];
    for (let code = 0; code < 0x30000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const id = canonicalAccount(`a${String.fromCodePoint(code)}b`);
      if (id !== undefined && canonicalAccount(id) !== id) moving.push(code.toString(16));
    }
    expect(moving).toEqual([]);
  });
});
