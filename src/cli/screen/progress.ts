import type { Terminal } from "../terminal.js";
import { figure } from "./columns.js";

/** A line on standard error that says how far a long run has come; silent in a pipe and for short runs. */
export interface Progress {
  readonly tick: (events: number, bytes: number) => void;
  readonly clear: () => void;
}

const everyMs = 200;
const clearLine = "\r\u001b[K";

/** Progress over `totalBytes`, where that is known. */
export function makeProgress(terminal: Terminal, totalBytes: number | undefined): Progress {
  const begun = terminal.elapsed();
  let next = begun + 2 * everyMs;
  let shown = false;
  return {
    tick(events, bytes) {
      if (!terminal.progress || (events & 255) !== 0) return;
      const now = terminal.elapsed();
      if (now < next) return;
      next = now + everyMs;
      shown = true;
      const share = totalBytes === undefined || totalBytes === 0 ? "" : ` ${Math.min(100, Math.floor((bytes / totalBytes) * 100))}%`;
      terminal.err(`${clearLine}${figure(events)} events${share}, ${figure((events / (now - begun)) * 1000)} a second`);
    },
    clear() {
      if (shown) terminal.err(clearLine);
      shown = false;
    },
  };
}
