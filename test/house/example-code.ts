import { isDeepStrictEqual } from "node:util";
import ts from "typescript";

/** A piece of example code from a page or a docstring. */
export interface Example {
  readonly from: string;
  readonly code: string;
}

/** The entry points that examples may import, by name. */
export type Entries = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The TypeScript blocks of a Markdown text, in order. */
export function blocksOf(from: string, markdown: string): Example[] {
  return [...markdown.matchAll(/^```(?:ts|typescript)\n([\s\S]*?)^```/gm)].map(([, code], index) => ({
    from: `${from} block ${index + 1}`,
    code: code!,
  }));
}

/** The `@example` parts of the docstrings of a source text. */
export function docstringExamples(from: string, source: string): Example[] {
  const examples: Example[] = [];
  for (const [comment] of source.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const text = comment.slice(3, -2).replace(/^\s*\*? ?/gm, "");
    for (const [, body] of text.matchAll(/@example\s*\n([\s\S]*?)(?=\n@\w|$)/g)) {
      examples.push({ from: `${from} @example ${examples.length + 1}`, code: body!.replace(/^```\w*\n?|```$/gm, "") });
    }
  }
  return examples;
}

/** How many results an example states. */
export function statedResults({ code }: Example): number {
  return code.match(/\/\/=>/g)?.length ?? 0;
}

/**
 * Runs an example and holds every `//=>` against what its statement gives. `import` takes from the entries; a docstring's example has
 * every name of the entries at hand.
 */
export async function runExample({ from, code }: Example, entries: Entries): Promise<void> {
  const body = ts.transpileModule(withChecks(code), {
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
  }).outputText;
  const runnable = body.replace(/^import\s+(?:type\s+)?\{([^}]*)\}\s+from\s+"([^"]+)";?$/gm, (_, names: string, entry: string) => {
    return `const {${names.replaceAll(" as ", ": ")}} = __entry(${JSON.stringify(entry)});`;
  });
  const entryOf = (name: string): unknown => {
    if (entries[name] === undefined) throw new Error(`${from}: there is no entry point ${name}`);
    return entries[name];
  };
  const check = (actual: unknown, expected: unknown, stated: string): void => {
    if (!isDeepStrictEqual(plain(actual), expected)) throw new Error(`${from}: states ${stated}, gives ${JSON.stringify(actual)}`);
  };
  const imported = [...runnable.matchAll(/const \{([^}]*)\} = __entry/g)].flatMap(([, names]) =>
    names!.split(",").map((name) => name.split(":").pop()!.trim()),
  );
  const ambient = Object.assign({}, ...Object.values(entries)) as Record<string, unknown>;
  const declared = [...runnable.matchAll(/^(?:const|let|function)\s+(\w+)/gm)].map(([, name]) => name!);
  const names = Object.keys(ambient).filter((name) => !imported.includes(name) && !declared.includes(name) && name !== "default");
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
    ...args: string[]
  ) => (...args: unknown[]) => Promise<void>;
  await new AsyncFunction("__entry", "__check", ...names, runnable)(entryOf, check, ...names.map((name) => ambient[name]));
}

/** A value without prototypes and sealed properties, as a literal would have it. */
function plain(value: unknown): unknown {
  return value === undefined || typeof value === "function" ? value : structuredClone(value);
}

/** Turns `statement; //=> value` into a check of that statement's value. */
function withChecks(code: string): string {
  const file = ts.createSourceFile("example.ts", code, ts.ScriptTarget.ES2023, true);
  let checked = "";
  let done = 0;
  for (const statement of file.statements) {
    const stated = /^;?[ \t]*\n?[ \t]*\/\/=>[ \t]*(.*)/.exec(code.slice(statement.end));
    checked += code.slice(done, statement.end);
    done = statement.end;
    if (stated === null) continue;
    const value = stated[1]!.trim();
    const subject = subjectOf(statement, code);
    checked += `\n;__check(${subject}, (${value}), ${JSON.stringify(value)});`;
    if (ts.isExpressionStatement(statement))
      checked = `${checked.slice(0, checked.lastIndexOf(statement.getText()))}${checked.slice(checked.lastIndexOf("\n;__check"))}`;
    done += stated[0].length;
  }
  return checked + code.slice(done);
}

function subjectOf(statement: ts.Statement, code: string): string {
  if (ts.isExpressionStatement(statement)) return `(${statement.expression.getText()})`;
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]!.name.getText();
  throw new Error(`a result is stated behind something that has none: ${code.slice(statement.pos, statement.end)}`);
}
