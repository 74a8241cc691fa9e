import type { LoginEvent } from "../../core/model/login-event.js";

/**
 * Reads a log one line at a time into login events.
 *
 * An importer opens no file, reads no clock and never throws for what a line says. A factory makes one for one log, because
 * some formats need a little memory between lines (the year, which names were just announced); that memory is bounded.
 * Lines go in once each and in the order of the log.
 */
export interface Importer {
  /** What the format is called on the command line, such as `openssh`. */
  readonly format: string;
  /**
   * Says what one line is.
   *
   * @param line without its line break; a trailing carriage return does no harm
   * @param lineNumber from 1; goes into the events' ids, so a line keeps its ids each time the same log is read
   */
  read(line: string, lineNumber: number): LineResult;
}

/** What one line of a log is: attempts to log in, something ordinary that is none, or one of ours that cannot be read. */
export type LineResult = LineEvents | LineSkipped | LineMalformed;

/** A line that stands for attempts: one, or several when the log folded repeats into a count. */
export interface LineEvents {
  readonly kind: "events";
  /** Never empty; all of one time. */
  readonly events: readonly LoginEvent[];
}

/** An ordinary line that is no attempt of its own. */
export interface LineSkipped {
  readonly kind: "skipped";
  /** In kebab-case and from a short list that the format's page explains, so that skips can be counted by reason. */
  readonly reason: string;
}

/** A line that looks like one of ours and cannot be read. Counted and reported; it never ends the run. */
export interface LineMalformed {
  readonly kind: "malformed";
  /** In kebab-case and from a short list that the format's page explains. */
  readonly reason: string;
}
