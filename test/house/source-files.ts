import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** A file of the house as text, with what it imports. */
export interface SourceFile {
  /** From the root, with forward slashes: `src/core/model/action.ts`. */
  readonly path: string;
  readonly text: string;
  /** What it imports: paths from the root for its own files, names for packages. */
  readonly imports: readonly string[];
}

/** The files below a folder whose names end in one of the endings. */
export function filesBelow(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !path.includes("node_modules/"))
    .sort();
}

/** Reads a file as text. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** A source file made of its path and text; also how tests forge one. */
export function sourceFile(path: string, text: string): SourceFile {
  const specifiers = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^"';]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g),
  ];
  const imports = specifiers
    .map(([, from, dynamic, bare]) => (from ?? dynamic ?? bare)!)
    .map((name) => {
      return name.startsWith(".")
        ? normalize(join(dirname(path), name))
            .replaceAll("\\", "/")
            .replace(/\.js$/, ".ts")
        : name;
    });
  return { path, text, imports };
}

/** Every source file of the house. */
export function sourceFiles(): SourceFile[] {
  return filesBelow("src", [".ts"]).map((path) => sourceFile(path, textOf(path)));
}
