import type { Guard } from "../../../src/guard/create-guard.js";
import type { Login } from "./login-load.js";

/** What a store remembers of logins, held against what it acknowledged. */
export interface Recount {
  /** Failures whose begin or end the store acknowledged. */
  readonly acknowledged: number;
  /** Those of them that it has forgotten. */
  readonly forgotten: number;
  /** Failures that it never acknowledged and knows all the same: it was told afterwards, or its answer was lost. */
  readonly caughtUp: number;
  /** Honest logins, admitted, whose begin the store acknowledged and whose end it never learnt: they stand there as failures. */
  readonly leftOpen: number;
  /** Attempts that count more than once, because a client sent them again which had been carried out. */
  readonly twice: number;
  /** Honest logins, admitted, that stand there as failures although the guard was told of no begin: phantoms. */
  readonly phantoms: number;
}

const atOnce = 32;

/** Asks a guard that saw none of it. */
export async function recount(guard: Guard, logins: readonly Login[]): Promise<Recount> {
  const counted = new Map<string, ReadonlySet<string>>();
  let twice = 0;
  const count = async (account: string): Promise<void> => {
    const ids = await failuresOf(guard, account);
    counted.set(account, new Set(ids));
    twice += ids.length - new Set(ids).size;
  };
  const accounts = [...new Set(logins.map(({ account }) => account))];
  for (let i = 0; i < accounts.length; i += atOnce) {
    await Promise.all(accounts.slice(i, i + atOnce).map(count));
  }
  let [acknowledged, forgotten, caughtUp, leftOpen, phantoms] = [0, 0, 0, 0, 0];
  for (const { account, id, honest, admitted, begunBy, concludedBy } of logins) {
    const isThere = counted.get(account)!.has(id);
    if (honest) {
      if (!admitted || !isThere) continue;
      if (begunBy === "store") leftOpen++;
      else phantoms++;
    } else if (begunBy === "store" || concludedBy === "store") {
      acknowledged++;
      if (!isThere) forgotten++;
    } else if (isThere) caughtUp++;
  }
  return { acknowledged, forgotten, twice, caughtUp, leftOpen, phantoms };
}

/** The ids of all that count as failures against an account, open attempts included. */
export async function failuresOf(guard: Guard, account: string): Promise<readonly string[]> {
  const group = (await guard.exportAccount({ account })).find(({ by }) => by === "account");
  const cell = group?.remembered["count where unproven by account"];
  if (cell === undefined || !("settled" in cell)) return [];
  return [...cell.settled, ...(cell.pending ?? [])].map(([, id]) => id);
}
