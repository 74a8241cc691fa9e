import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { Terminal } from "../terminal.js";
import { UsageError } from "../usage-error.js";
import { type KnownFormat, type LogFormat, recogniseFormat } from "./log-format.js";
import { yearOfFirstLine } from "./year-of-first-line.js";

/** A log that was opened. */
export interface OpenedLog {
  readonly name: string;
  readonly format: KnownFormat;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Bytes in the file; unknown for standard input. */
  readonly size: number | undefined;
  /** The year of the first line where times have none: guessed from when the file was last written, or standard input is read. */
  readonly guessedYear: number;
}

const endBytes = 64 * 1024;
const blockBytes = 256 * 1024;

/** Opens a file, or standard input for `-`, and recognises its format where `auto` asks for it. */
export async function openLog(file: string, format: LogFormat, terminal: Terminal): Promise<OpenedLog> {
  return file === "-" ? openInput(format, terminal) : openFile(file, format);
}

async function openFile(file: string, format: LogFormat): Promise<OpenedLog> {
  const facts = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: cannot be read (${error.code ?? error.message})`);
  });
  if (facts.isDirectory()) throw new UsageError(`${file}: is a folder; name the log inside it`);
  const [beginning, ending] = facts.isFile() ? await endsOf(file, facts.size) : ["", ""];
  const known = format === "auto" ? recogniseFormat(beginning, file) : format;
  const bytes = createReadStream(file, { highWaterMark: blockBytes });
  const guessedYear = yearOfFirstLine(beginning, ending, facts.mtime.getUTCFullYear());
  return { name: file, format: known, bytes, size: facts.isFile() ? facts.size : undefined, guessedYear };
}

/** The beginning and the end of a file. */
async function endsOf(file: string, size: number): Promise<readonly [string, string]> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file}: cannot be read (${error.code ?? error.message})`);
  });
  const textAt = async (position: number): Promise<string> => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(endBytes), 0, endBytes, position);
    return decode(buffer.subarray(0, bytesRead));
  };
  try {
    return [await textAt(0), await textAt(Math.max(0, size - endBytes))];
  } finally {
    await handle.close();
  }
}

async function openInput(format: LogFormat, terminal: Terminal): Promise<OpenedLog> {
  const known = { name: "standard input", size: undefined, guessedYear: terminal.year };
  if (format !== "auto") return { ...known, format, bytes: terminal.input };
  const blocks = terminal.input[Symbol.asyncIterator]();
  const first = await blocks.next();
  const beginning = first.done === true ? "" : decode(first.value);
  return { ...known, format: recogniseFormat(beginning, known.name), bytes: startingWith(first, blocks) };
}

async function* startingWith(
  first: IteratorResult<Uint8Array>,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let block = first; block.done !== true; block = await rest.next()) yield block.value;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8").decode(bytes);
}
