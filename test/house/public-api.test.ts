import { describe, expect, it } from "vitest";
import { doors } from "./doors.js";
import publicNames from "./public-names.json" with { type: "json" };
import { filesBelow, root, textOf } from "./source-files.js";

/** Names that came or went. */
function drift(door: Readonly<Record<string, unknown>>, pinned: readonly string[]): { readonly new: string[]; readonly gone: string[] } {
  const names = Object.keys(door).sort();
  return { new: names.filter((name) => !pinned.includes(name)), gone: pinned.filter((name) => !names.includes(name)) };
}

describe("the public API", () => {
  it.each(Object.entries(doors))("%s has the names that it is pinned to (test/house/public-names.json)", (entry, door) => {
    expect(drift(door, publicNames[entry as keyof typeof publicNames])).toEqual({ new: [], gone: [] });
  });

  it("every entry point of the package is pinned, and the other way round", () => {
    const { exports } = JSON.parse(textOf("package.json")) as { exports: Record<string, unknown> };
    const entries = Object.keys(exports)
      .filter((entry) => entry !== "./package.json")
      .map((entry) => entry.replace(/^\./, "portcullis"));
    expect(entries.sort()).toEqual(Object.keys(publicNames).sort());
  });

  it("no door exports everything", () => {
    const doorFiles = ["src/index.ts", ...filesBelow("src", ["public.ts"]), ...filesBelow("src/integrations", [".ts"])];
    expect(doorFiles.length).toBeGreaterThan(3);
    expect(doorFiles.filter((path) => /export \*/.test(textOf(path)))).toEqual([]);
    expect(root).not.toBe("");
  });

  it("catches a forged addition and a loss", () => {
    expect(drift({ ...doors.portcullis, forged: 1 }, Object.keys(doors.portcullis))).toEqual({ new: ["forged"], gone: [] });
    expect(drift({}, ["evaluateLogin"])).toEqual({ new: [], gone: ["evaluateLogin"] });
  });
});
