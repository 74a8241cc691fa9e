import { quote } from "./quote.js";

/**
 * A place in a document as a person writes it; empty for the document itself.
 *
 * @example
 * formatPath(["rules", 2, "options", "within"]); //=> "rules[2].options.within"
 */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[\w$-]{1,100}$/.test(String(step))) text += `${text === "" ? "" : "."}${String(step)}`;
    else text += `[${quote(String(step))}]`;
  }
  return text;
}
