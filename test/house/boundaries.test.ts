import { describe, expect, it } from "vitest";
import { type SourceFile, sourceFile, sourceFiles } from "./source-files.js";

/** Room -> rooms that it may import, besides itself. Arrows run one way: a room is listed below all that it imports. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  "core/model": [],
  "core/network": ["core/model"],
  "core/aggregates": ["core/model", "core/network"],
  "core/state": ["core/model", "core/aggregates"],
  "core/rules": ["core/model", "core/network", "core/aggregates"],
  "core/detectors": ["core/model", "core/network", "core/aggregates"],
  "core/engine": ["core/model", "core/network", "core/aggregates", "core/state", "core/rules", "core/detectors"],
  "core/policies": ["core/model", "core/rules", "core/detectors", "core/engine"],
  "core/verbs": ["core/model", "core/state", "core/engine", "core/policies"],
  "core/journal": ["core/model", "core/aggregates", "core/state", "core/engine"],
  schema: ["core/*"],
  formats: ["core/model", "core/network"],
  stores: [],
  guard: ["core/*", "schema", "stores"],
  integrations: ["core/*", "schema", "guard"],
  testing: ["core/*", "stores", "guard"],
  cli: ["core/*", "schema", "formats"],
  index: ["core/*"],
};

/** Room -> packages that it may import. Everything else is written here or not needed. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  "core/model": ["date-fns/milliseconds"],
  schema: ["zod"],
  testing: ["vitest"],
  cli: ["picocolors", "node:events", "node:fs", "node:fs/promises", "node:module", "node:util"],
};

function roomOf(path: string): string {
  const [, first = "", second = ""] = path.replace(/\.ts$/, "").split("/");
  return first === "core" ? `core/${second}` : first;
}

/** What a file imports that its room may not. */
function trespasses({ path, imports }: SourceFile): string[] {
  const room = roomOf(path);
  const rooms = mayImport[room];
  if (rooms === undefined) return [`${path}: room ${room} is not on the plan`];
  return imports
    .filter((target) => {
      if (!target.startsWith("src/")) return !(mayUse[room] ?? []).includes(target);
      const other = roomOf(target);
      return other !== room && !rooms.includes(other) && !(other.startsWith("core/") && rooms.includes("core/*"));
    })
    .map((target) => `${path} imports ${target}`);
}

/** A rule imports `rule.ts` and no other rule; a detector likewise; the catalogue imports all. */
function siblings({ path, imports }: SourceFile): string[] {
  const shared: Readonly<Record<string, string>> = { "core/rules": "rule.ts", "core/detectors": "detector.ts" };
  const base = shared[roomOf(path)];
  if (base === undefined || path.endsWith("/catalogue.ts")) return [];
  const room = `src/${roomOf(path)}/`;
  return imports
    .filter((target) => target.startsWith(room) && target !== room + base)
    .map((target) => `${path} imports its sibling ${target}`);
}

/** The engine, the state and the command line never know a rule or detector by name. */
function knowsByName({ path, text }: SourceFile, ids: readonly string[]): string[] {
  if (!/^src\/(core\/(engine|state|aggregates|verbs)|cli)\//.test(path)) return [];
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
  return ids.filter((id) => code.includes(`"${id}"`)).map((id) => `${path} knows ${id}`);
}

describe("boundaries", () => {
  const files = sourceFiles();
  const ids = files
    .flatMap(({ path }) => [...(/src\/core\/(?:rules|detectors)\/([a-z-]+)\.ts$/.exec(path)?.slice(1) ?? [])])
    .filter((id) => !["rule", "detector", "catalogue"].includes(id));

  it("looks at the whole house", () => {
    expect(files.length).toBeGreaterThan(80);
    expect(files.filter(({ imports }) => imports.length > 0).length).toBeGreaterThan(60);
    expect(ids).toContain("failed-attempts");
  });

  it("arrows run one way", () => expect(files.flatMap(trespasses)).toEqual([]));
  it("rules and detectors stand alone", () => expect(files.flatMap(siblings)).toEqual([]));
  it("shared code never knows a member by name", () => expect(files.flatMap((file) => knowsByName(file, ids))).toEqual([]));

  it.each([
    ["the core imports zod", "src/core/engine/x.ts", 'import { z } from "zod";'],
    ["the core imports node", "src/core/state/x.ts", 'import { readFileSync } from "node:fs";'],
    ["the core imports the border", "src/core/rules/x.ts", 'import { parseEvent } from "../../schema/parse-event.js";'],
    ["the state imports the engine", "src/core/state/x.ts", 'export { definePolicy } from "../engine/policy.js";'],
    ["a rule imports a detector", "src/core/rules/x.ts", 'import { bruteForce } from "../detectors/brute-force.js";'],
    ["a dynamic import", "src/core/model/x.ts", 'const z = await import("zod");'],
    ["a whole date-fns", "src/core/model/x.ts", 'import { addDays } from "date-fns";'],
    ["a room that is not on the plan", "src/helpers/x.ts", ""],
  ])("catches a forged violation: %s", (_, path, text) => expect(trespasses(sourceFile(path, text))).toHaveLength(1));

  it("catches a forged sibling", () => {
    expect(siblings(sourceFile("src/core/rules/x.ts", 'import { missingMfa } from "./missing-mfa.js";'))).toHaveLength(1);
  });

  it("catches a forged name", () => {
    expect(knowsByName(sourceFile("src/core/engine/x.ts", 'if (rule.id === "failed-attempts") return;'), ids)).toHaveLength(1);
  });
});
