import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as door from "../../src/index.js";
import { filesBelow, root, textOf } from "./source-files.js";

const kinds = [
  { room: "rules", shared: ["rule", "catalogue"], catalogue: door.ruleCatalogue as Readonly<Record<string, unknown>>, schema: "rule" },
  {
    room: "detectors",
    shared: ["detector", "catalogue"],
    catalogue: door.detectorCatalogue as Readonly<Record<string, unknown>>,
    schema: "detector",
  },
] as const;

const sections = ["What it sees", "What it misses", "Whom it may hurt", "Options", "How to tune", "Neighbours"];

/** What is missing around one member: a place in the catalogue, a page with every section, a test, an export. */
function missingAround(
  room: string,
  id: string,
  catalogue: Readonly<Record<string, unknown>>,
  has: (path: string) => boolean,
  read: (path: string) => string,
): string[] {
  const page = `docs/reference/${room}/${id}.md`;
  const test = `test/core/${room}/${id}.test.ts`;
  const name = id.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const missing = [];
  if (!Object.hasOwn(catalogue, id)) missing.push(`${id}: not in the catalogue`);
  if (!has(page)) missing.push(`${id}: no page`);
  else
    missing.push(
      ...sections.filter((section) => !read(page).includes(`## ${section}`)).map((section) => `${id}: its page lacks "${section}"`),
    );
  if (!has(test)) missing.push(`${id}: no test`);
  if (!(name in door)) missing.push(`${id}: ${name} is not exported`);
  return missing;
}

describe.each(kinds)("the catalogue of $room", ({ room, shared, catalogue }) => {
  const ids = filesBelow(`src/core/${room}`, [".ts"])
    .map((path) => path.slice(path.lastIndexOf("/") + 1, -".ts".length))
    .filter((id) => !(shared as readonly string[]).includes(id));
  const has = (path: string): boolean => existsSync(join(root, path));

  it("has a member per file and a file per member", () => {
    expect(ids.length).toBeGreaterThan(3);
    expect(Object.keys(catalogue).sort()).toEqual(ids);
  });

  it.each(ids)("%s: one file, one page, one test, one line in the index", (id) =>
    expect(missingAround(room, id, catalogue, has, textOf)).toEqual([]),
  );

  it.each(ids)("%s: is called what its file is called", (id) => {
    const made = (catalogue[id] as () => { readonly id: string })();
    expect(made.id).toBe(id);
  });

  it("catches a forged member that has nothing", () => {
    expect(
      missingAround(
        room,
        "forged-member",
        catalogue,
        () => false,
        () => "",
      ),
    ).toHaveLength(4);
  });

  it("catches a page without its sections", () => {
    expect(
      missingAround(
        room,
        ids[0]!,
        catalogue,
        () => true,
        () => "# empty",
      ),
    ).toHaveLength(sections.length);
  });
});

describe("pages", () => {
  it.each(kinds)("there is no page in $room for something that is not there", ({ room, catalogue }) => {
    const pages = filesBelow(`docs/reference/${room}`, [".md"]).map((path) => path.slice(path.lastIndexOf("/") + 1, -".md".length));
    expect(pages.filter((page) => !Object.hasOwn(catalogue, page) && page !== "while-detected")).toEqual([]);
  });
});
