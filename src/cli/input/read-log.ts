import { openssh } from "../../formats/import/openssh.js";
import { jsonEntry } from "./json-entry.js";
import { jsonCutter } from "./json-items.js";
import type { LogEntry } from "./log-entry.js";
import type { KnownFormat } from "./log-format.js";
import { textLines } from "./text-lines.js";

/** A log that is being read. */
export interface LogReading {
  readonly format: KnownFormat;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The year of the first line, for times that have none. */
  readonly year: number;
  /** How many rows the run has read before this log: rows are numbered on, because a number is all the name that a row has. */
  readonly rowsBefore: number;
  readonly onBytes: (count: number) => void;
}

/** The entries of a log, a block at a time and in its order. Memory does not grow with the log. */
export function readLog(reading: LogReading): AsyncGenerator<readonly LogEntry[], void, undefined> {
  if (reading.format === "json") return readArray(reading);
  return reading.format === "jsonl" ? readJsonLines(reading) : readOpenssh(reading);
}

async function* readArray({ bytes, rowsBefore, onBytes }: LogReading): AsyncGenerator<readonly LogEntry[], void, undefined> {
  const decoder = new TextDecoder("utf-8");
  const cutter = jsonCutter();
  let row = rowsBefore;
  const entryOf = ({ text, line }: { readonly text: string; readonly line: number }): LogEntry => jsonEntry(text, line, ++row);
  for await (const block of bytes) {
    onBytes(block.length);
    yield cutter.push(decoder.decode(block, { stream: true })).map(entryOf);
  }
  yield cutter.push(decoder.decode()).map(entryOf);
  yield cutter.end().map(({ line, reason }) => ({ kind: "malformed", line, reason }));
}

async function* readJsonLines({ bytes, rowsBefore, onBytes }: LogReading): AsyncGenerator<readonly LogEntry[], void, undefined> {
  let row = rowsBefore;
  for await (const lines of textLines(bytes, onBytes)) {
    yield lines.filter(({ text }) => text.trim() !== "").map(({ text, number }) => jsonEntry(text, number, ++row));
  }
}

async function* readOpenssh({ bytes, year, onBytes }: LogReading): AsyncGenerator<readonly LogEntry[], void, undefined> {
  const importer = openssh({ year });
  for await (const lines of textLines(bytes, onBytes)) {
    const entries: LogEntry[] = [];
    for (const { text, number } of lines) {
      if (text === "") continue;
      const result = importer.read(text, number);
      if (result.kind === "events") for (const event of result.events) entries.push({ kind: "login", event, timed: true });
      else if (result.kind === "skipped") entries.push({ kind: "skipped", reason: result.reason });
      else entries.push({ kind: "malformed", line: number, reason: result.reason });
    }
    yield entries;
  }
}
