import { eventJsonSchema, policyJsonSchema } from "../../schema/json-schemas.js";
import { exitCode } from "../exit-code.js";
import type { Terminal } from "../terminal.js";
import { UsageError } from "../usage-error.js";

/** `portcullis schema event|policy`: the JSON Schema by which an editor completes and checks such a file. */
export async function schemaCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const [what, ...more] = args;
  if (more.length > 0 || (what !== "event" && what !== "policy"))
    throw new UsageError("expected `portcullis schema event` or `portcullis schema policy`");
  await terminal.out(`${JSON.stringify(what === "event" ? eventJsonSchema() : policyJsonSchema(), null, 2)}\n`);
  return exitCode.done;
}
