import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { filesBelow, root, textOf } from "../house/source-files.js";
import { authJsWithout } from "./auth-js-without.js";
import { matrixRows } from "./matrix-rows.js";

const pages = [
  "docs/how-to/protect-an-express-login.md",
  "docs/how-to/protect-a-fastify-login.md",
  "docs/how-to/protect-a-hono-login.md",
  "docs/how-to/protect-an-auth-js-login.md",
];

/** The parts of files that a page shows: blocks whose first line is the path of a file. */
function partsOf(text: string): readonly { readonly path: string; readonly part: string }[] {
  return [...text.matchAll(/^```js\n\/\/ (\S+)\n([\s\S]*?)^```/gm)].map(([, path, part]) => ({ path: path!, part: part! }));
}

/** Text without white space: the formatter of pages moves a part of a file to the left, and its lines with it. */
function bare(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Blocks that are no part of the file that they name, and blocks that nobody checks. */
function strays(text: string): string[] {
  const checked = partsOf(text);
  const blocks = text.match(/^```js\n/gm)?.length ?? 0;
  return [
    ...checked
      .filter(({ path, part }) => !existsSync(join(root, path)) || !bare(textOf(path)).includes(bare(part)))
      .map(({ path, part }) => `${path}: ${part}`),
    ...(blocks === checked.length ? [] : [`${blocks - checked.length} blocks of no file`]),
  ];
}

describe.each(pages)("%s", (page) => {
  it("shows an example that is run", () => expect(partsOf(textOf(page)).length).toBeGreaterThan(1));
  it("shows nothing but what stands in it", () => expect(strays(textOf(page))).toEqual([]));
});

it.each([
  ["a part that is not there", "```js\n// package.json\nforged\n```\n"],
  ["a file that is not there", "```js\n// examples/nothing.ts\n```\n"],
  ["a block of no file", "```js\nforged\n```\n"],
])("catches %s", (_, text) => expect(strays(text)).toHaveLength(1));

describe("the table of the matrix", () => {
  const table = [
    ...textOf("docs/reference/adapters.md").matchAll(/^\| (.+?) +\| (yes|n\/a) +\| (yes|n\/a) +\| (yes|n\/a) +\| (yes|n\/a) +\|$/gm),
  ];

  it("has the rows that are run, in their order", () => {
    expect(table.map(([, name]) => name)).toEqual(matrixRows.map(({ name }) => name));
  });

  it("says where a row does not apply", () => {
    const expected = matrixRows.map(({ name }) => ["yes", "yes", "yes", name in authJsWithout ? "n/a" : "yes"]);
    expect(table.map(([, , ...cells]) => cells)).toEqual(expected);
  });

  it("the three that have all of it leave no row out", () => {
    for (const name of ["express", "fastify", "hono"]) expect(textOf(`test/integrations/${name}.test.ts`)).not.toMatch(/\bwithout:/);
  });
});

it("every example of an adapter is shown on a page", () => {
  const shown = new Set(pages.flatMap((page) => partsOf(textOf(page)).map(({ path }) => path)));
  const examples = ["express-api", "fastify", "hono", "auth-js"].flatMap((name) => filesBelow(`examples/${name}`, [".ts"]));
  expect(examples.filter((path) => !shown.has(path))).toEqual([]);
});
