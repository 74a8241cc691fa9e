import { describe, expect, it } from "vitest";
import { readSyslogLine } from "../../../src/formats/import/syslog-line.js";
import { syslogYears } from "../../../src/formats/import/syslog-years.js";

const read = (line: string) => readSyslogLine(line, syslogYears(2026));
const time = Date.UTC(2026, 2, 30, 15, 54, 19);

describe("readSyslogLine", () => {
  it.each([
    ["all of it", "Mar 30 15:54:19 bastion su[12]: to root", { host: "bastion", program: "su", pid: "12", message: "to root" }],
    ["no pid", "Mar 30 15:54:19 bastion su: to root", { host: "bastion", program: "su", pid: "", message: "to root" }],
    ["no host", "Mar 30 15:54:19 su[12]: to root", { host: "", program: "su", pid: "12", message: "to root" }],
    ["no message", "Mar 30 15:54:19 bastion su[12]:", { host: "bastion", program: "su", pid: "12", message: "" }],
    [
      "no blank before the message",
      "Mar 30 15:54:19 bastion su[12]:to root",
      { host: "bastion", program: "su", pid: "12", message: "to root" },
    ],
    ["a host that is an address", "Mar 30 15:54:19 2001:db8::1 su[12]: x", { host: "2001:db8::1", program: "su", pid: "12", message: "x" }],
    ["a facility", "Mar 30 15:54:19 bastion auth.info su[12]: x", { host: "bastion", program: "su", pid: "12", message: "x" }],
    ["blanks round the message", "Mar 30 15:54:19 bastion su[12]:   x  \r\n", { host: "bastion", program: "su", pid: "12", message: "x" }],
    ["a message id", "Mar 30 15:54:19 bastion su[12]: [ID 1 auth.info] x", { host: "bastion", program: "su", pid: "12", message: "x" }],
    [
      "RFC 5424",
      "<38>1 2026-03-30T15:54:19Z bastion su 12 ID1 - to root",
      { host: "bastion", program: "su", pid: "12", message: "to root" },
    ],
    ["RFC 5424 without anything", "<38>1 2026-03-30T15:54:19Z - - - - -", { host: "", program: "", pid: "", message: "" }],
  ])("takes apart %s", (_, line, parts) => expect(read(line)).toEqual({ time, ...parts }));

  it.each([
    ["no time stamp", "bastion su[12]: to root"],
    ["nothing behind the time stamp", "Mar 30 15:54:19"],
    ["no program", "Mar 30 15:54:19 bastion message"],
    ["a pid that is no number", "Mar 30 15:54:19 bastion su[x]: to root"],
    ["a pid that does not end", "Mar 30 15:54:19 bastion su[12: to root"],
    ["structured data that does not end", '<38>1 2026-03-30T15:54:19Z bastion su 12 - [a b="c] to root'],
    ["no structured data", "<38>1 2026-03-30T15:54:19Z bastion su 12 -"],
    ["another time stamp in RFC 5424", "<38>1 Mar 30 15:54:19 bastion su 12 - - x"],
    ["nothing", ""],
  ])("refuses %s", (_, line) => expect(read(line)).toBeUndefined());
});
