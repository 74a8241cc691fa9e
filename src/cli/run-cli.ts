import { createRequire } from "node:module";
import { InputError } from "../schema/input-error.js";
import { evaluateCommand } from "./commands/evaluate.js";
import { helpText } from "./commands/help.js";
import { schemaCommand } from "./commands/schema.js";
import { exitCode } from "./exit-code.js";
import { MalformedInput } from "./input/malformed-input.js";
import { printable } from "./screen/printable.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

const commands: ReadonlyMap<string, (args: readonly string[], terminal: Terminal) => Promise<number>> = new Map([
  ["evaluate", evaluateCommand],
  ["schema", schemaCommand],
]);

/** Carries out one command line and says how the process should exit. Errors are one line that says what to do next. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      await terminal.out(helpText(rest[0]));
      return name === undefined ? exitCode.usage : exitCode.done;
    }
    if (name === "--version" || name === "-v") {
      await terminal.out(`${version()}\n`);
      return exitCode.done;
    }
    const command = commands.get(name);
    if (command === undefined) throw new UsageError(`there is no command \`${printable(name)}\`; try \`portcullis --help\``);
    if (rest.includes("--help") || rest.includes("-h")) {
      await terminal.out(helpText(name));
      return exitCode.done;
    }
    return await command(rest, terminal);
  } catch (error) {
    return failed(error, terminal);
  }
}

function failed(error: unknown, terminal: Terminal): number {
  if (error instanceof UsageError || error instanceof MalformedInput || error instanceof InputError) {
    terminal.err(`portcullis: ${printable(error.message)}\n`);
    return error instanceof MalformedInput ? exitCode.malformed : exitCode.usage;
  }
  terminal.err(`portcullis: unexpected fault: ${printable(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  return exitCode.fault;
}

function version(): string {
  const require = createRequire(import.meta.url);
  return (require("portcullis/package.json") as { version: string }).version;
}
