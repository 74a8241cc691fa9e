import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { NewAccount } from "./accounts.js";
import { newTotpSecret } from "./second-factor.js";

/** The invented people of this example. A password comes from the environment (`ANN_PASSWORD` ...), or is made up for this start. */
export function demoAccounts(env: NodeJS.ProcessEnv): readonly NewAccount[] {
  const password = (name: string): string => env[`${name.toUpperCase()}_PASSWORD`] ?? randomBytes(9).toString("base64url");
  return [
    { id: "ann", mail: "ann@example.org", password: password("ann"), totpSecret: env.ANN_TOTP ?? newTotpSecret() },
    { id: "ben", mail: "ben@example.org", password: password("ben") },
    { id: "cleo", mail: "cleo@example.org", password: password("cleo"), status: "disabled" },
  ];
}

/** Accounts from a JSON file: a list of `{ id, mail, password, totpSecret?, status? }`. For trials; no server keeps passwords. */
export async function accountsFrom(file: string): Promise<readonly NewAccount[]> {
  return JSON.parse(await readFile(file, "utf8")) as readonly NewAccount[];
}
