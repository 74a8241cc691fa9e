import { expect, it } from "vitest";
import { skipSyslogPriority } from "../../../src/formats/import/syslog-priority.js";

it.each([
  ["<38>Mar", 4],
  ["<0>Mar", 3],
  ["\ufeff<191>Mar", 6],
  ["\ufeffMar", 1],
  ["Mar", 0],
  ["<>Mar", 0],
  ["<1234>Mar", 0],
  ["<38 Mar", 0],
  ["", 0],
])("a line that begins %j begins at %i", (line, start) => expect(skipSyslogPriority(line)).toBe(start));
