import { UsageError } from "../usage-error.js";

/** The formats that `--format` names. */
export const logFormats = ["auto", "json", "jsonl", "openssh"] as const;

/** A format as the user names it. */
export type LogFormat = (typeof logFormats)[number];

/** A format that a file turned out to have. */
export type KnownFormat = Exclude<LogFormat, "auto">;

/** What a file is, by its beginning: an array is `json`, objects line by line are `jsonl`, lines of sshd are `openssh`. */
export function recogniseFormat(beginning: string, file: string): KnownFormat {
  const text = beginning.trimStart();
  if (text.startsWith("[")) return "json";
  if (text.startsWith("{")) return "jsonl";
  if (/\bsshd(-session)?\b/.test(text)) return "openssh";
  throw new UsageError(`${file}: cannot tell the format by its beginning; name it with --format json, jsonl or openssh`);
}
