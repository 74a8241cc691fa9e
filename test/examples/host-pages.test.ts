import { describe, expect, it } from "vitest";
import { blocksOf } from "../house/example-code.js";
import { filesBelow, textOf } from "../house/source-files.js";

/** A page, and the folder of the example that it shows. */
const pages = [
  ["docs/how-to/protect-a-nestjs-login.md", "examples/nestjs"],
  ["docs/how-to/protect-a-passport-login.md", "examples/passport"],
  ["docs/how-to/protect-an-oidc-provider.md", "examples/oidc-provider"],
  ["docs/how-to/protect-supabase-auth.md", "examples/supabase"],
  ["docs/how-to/tell-the-owner.md", "examples/tell-the-owner"],
] as const;

interface File {
  readonly path: string;
  readonly text: string;
}

/** How a page and the files that it shows differ: parts that stand in no file, and what of a file is not shown. */
function differences(page: string, files: readonly File[]): string[] {
  const shown = [...page.matchAll(/^```js\n(?:\/\/ (\S+)\n)?([\s\S]*?)^```/gm)].map(([, path = "no file", part = ""]) => ({ path, part }));
  const strays = shown.filter(({ path, part }) => !files.find((file) => file.path === path)?.text.includes(part));
  const rest = files.map(({ path, text }) => ({
    path,
    text: shown.reduce((left, { path: of, part }) => (of === path ? left.replace(part, "") : left), text).trim(),
  }));
  return [
    ...strays.map(({ path, part }) => `not in ${path}: ${part}`),
    ...rest.filter(({ text }) => text !== "").map(({ path, text }) => `not shown of ${path}: ${text}`),
  ];
}

describe.each(pages)("%s", (page, folder) => {
  // what stands for a package's own types is not shown
  const files = filesBelow(folder, [".ts"]).filter((path) => !path.endsWith(".d.ts"));

  it("shows all of the example, and nothing else", () => {
    expect(files.length).toBeGreaterThan(0);
    const shown = files.map((path) => ({ path, text: textOf(path) }));
    expect(differences(textOf(page), shown)).toEqual([]);
  });

  it("leaves what cannot run as a snippet to the tests of the example", () => {
    for (const { code } of blocksOf(page, textOf(page))) expect(code).toContain("//=>");
  });
});

describe("the comparison", () => {
  const files = [{ path: "a.ts", text: "one\n\ntwo\n" }];

  it.each([
    ["a part that is not there", "```js\n// a.ts\none\n\ntwo\n```\n```js\n// a.ts\nthree\n```\n"],
    ["a block of no file", "```js\none\n```\n```js\n// a.ts\none\n\ntwo\n```\n"],
    ["a file that is not there", "```js\n// b.ts\none\n```\n```js\n// a.ts\none\n\ntwo\n```\n"],
    ["what is not shown", "```js\n// a.ts\none\n```\n"],
  ])("catches %s", (_, page) => expect(differences(page, files)).toHaveLength(1));

  it("accepts a file in parts", () => expect(differences("```js\n// a.ts\none\n```\ntext\n```js\n// a.ts\ntwo\n```\n", files)).toEqual([]));
});
