import { describe, expect, it } from "vitest";
import { readOpensshMessage } from "../../../src/formats/import/openssh-message.js";

describe("readOpensshMessage", () => {
  const who = { name: "bob", host: "192.0.2.7" };
  it.each([
    ["Failed password for bob from 192.0.2.7 port 1 ssh2", { kind: "failed", invalid: false, ...who }],
    ["Failed password for invalid user bob from 192.0.2.7 port 1 ssh2", { kind: "failed", invalid: true, ...who }],
    ["Invalid user bob from 192.0.2.7 port 1", { kind: "announced", invalid: true, ...who }],
    ["Accepted password for bob from 192.0.2.7 port 1 ssh2", { kind: "accepted", invalid: false, ...who }],
    ["Failed publickey for bob from 192.0.2.7 port 1 ssh2: RSA SHA256:x", { kind: "skipped", reason: "key-probing" }],
    ["Server listening on :: port 22.", { kind: "skipped", reason: "not-a-login" }],
    ["Failed password for bob", { kind: "malformed", reason: "unreadable-attempt" }],
  ])("%s", (message, expected) => expect(readOpensshMessage(message)).toEqual(expected));
});
