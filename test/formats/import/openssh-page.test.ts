import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../../", import.meta.url);
const importers = new URL("src/formats/import/", root);
const page = readFileSync(new URL("docs/reference/formats/openssh.md", root), "utf8");
const explained = [...page.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, reason]) => reason!);

/** Every string in lower case that could be a reason, from the files that make up this importer. */
const written = readdirSync(importers)
  .filter((file) => /^(openssh|repeated-message|calendar-time|syslog-)/.test(file))
  .flatMap((file) => [...readFileSync(new URL(file, importers), "utf8").matchAll(/"([a-z]+(?:-[a-z]+)*)"/g)].map(([, text]) => text!));

/** Methods of sshd's, words of the model, and programs. */
const noReasons = ["keyboard-interactive", "challenge-response", "wrong-password", "unknown-account", "sshd-session", "sshd-auth"];

it("the format's page explains every reason that the importer gives", () => {
  const reasons = written.filter((text) => text.includes("-") && !noReasons.includes(text));
  expect(new Set(reasons).size).toBeGreaterThan(15);
  expect(reasons.filter((reason) => !explained.includes(reason))).toEqual([]);
});

it("the format's page explains no reason that the importer does not give", () => {
  expect(explained.filter((reason) => !written.includes(reason))).toEqual([]);
});
