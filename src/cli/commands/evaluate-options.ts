import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Policy } from "../../core/engine/policy.js";
import { type Action, actions } from "../../core/model/action.js";
import { defaultPolicy } from "../../core/policies/default.js";
import { InputError } from "../../schema/input-error.js";
import { parsePolicyText } from "../../schema/parse-policy.js";
import { type LogFormat, logFormats } from "../input/log-format.js";
import { UsageError } from "../usage-error.js";

/** What `portcullis evaluate` was told. */
export interface EvaluateOptions {
  readonly files: readonly string[];
  readonly format: LogFormat;
  readonly policy: Policy;
  readonly show: readonly Action[];
  readonly json: boolean;
  readonly summary: boolean;
  readonly strict: boolean;
  readonly year: number | undefined;
}

/** Reads the arguments of `evaluate` and the policy file that they name. Without a file it reads standard input. */
export async function readEvaluateOptions(args: readonly string[]): Promise<EvaluateOptions> {
  const { values, positionals } = parse(args);
  return {
    files: positionals.length === 0 ? ["-"] : positionals,
    format: oneOf("--format", values.format, logFormats),
    policy: values.policy === undefined ? defaultPolicy : await readPolicy(values.policy),
    show:
      values.show === undefined ? actions : values.show.split(",").map((action) => oneOf("--show", action.trim().toUpperCase(), actions)),
    json: values.json,
    summary: values.summary,
    strict: values.strict,
    year: values.year === undefined ? undefined : readYear(values.year),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: "string", default: "auto" },
        policy: { type: "string" },
        show: { type: "string" },
        json: { type: "boolean", default: false },
        summary: { type: "boolean", default: false },
        strict: { type: "boolean", default: false },
        year: { type: "string" },
      },
    });
  } catch (error) {
    const [message = ""] = (error as Error).message.split(". ");
    throw new UsageError(`${message}; see \`portcullis evaluate --help\``);
  }
}

function oneOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const choice = choices.find((candidate) => candidate === value);
  if (choice === undefined) throw new UsageError(`${option} \`${value}\`: expected one of ${choices.join(", ")}`);
  return choice;
}

function readYear(text: string): number {
  if (!/^(19[7-9]\d|[2-8]\d{3})$/.test(text)) throw new UsageError(`--year \`${text}\`: expected a year such as 2026`);
  return Number(text);
}

async function readPolicy(file: string): Promise<Policy> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: cannot be read (${error.code ?? error.message})`);
  });
  try {
    return parsePolicyText(text);
  } catch (error) {
    if (error instanceof InputError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
