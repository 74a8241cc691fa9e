import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { canonicalAccount } from "portcullis";

/** An account as this server keeps it. */
export interface Account {
  readonly id: string;
  readonly status: "active" | "disabled";
  readonly mail: string;
  readonly passwordHash: PasswordHash;
  /** Base32; absent where no second factor is enrolled. */
  readonly totpSecret?: string;
}

/** An account as it is handed in: with the password itself, which is hashed and forgotten. */
export interface NewAccount extends Omit<Account, "passwordHash" | "status"> {
  readonly status?: Account["status"];
  readonly password: string;
}

interface PasswordHash {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Looks accounts up and checks passwords. */
export interface Accounts {
  find(id: string): Account | undefined;
  /** The account, if this is its password. Takes as long for an account that is not there. */
  check(id: string, password: string): Promise<Account | undefined>;
}

/** What a password check costs: scrypt's own parameters. */
export type PasswordCost = Readonly<Record<"N" | "r" | "p", number>>;

/** OWASP Password Storage Cheat Sheet: 16 MiB and five rounds a check. */
const enough: PasswordCost = { N: 2 ** 14, r: 8, p: 5 };

/** Accounts in memory; yours are in a database. */
export async function createAccounts(seeds: readonly NewAccount[], cost = enough): Promise<Accounts> {
  const seeded = await Promise.all(
    seeds.map(async ({ password, status = "active", ...account }): Promise<Account> => {
      return { ...account, status, passwordHash: await hashPassword(password, cost) };
    }),
  );
  // found under the name under which the guard counts: ` Ann` is `ann` for both
  const byId = new Map(seeded.map((account) => [canonicalAccount(account.id), account]));
  const nobody = await hashPassword(randomBytes(16).toString("hex"), cost);
  const find = (id: string): Account | undefined => byId.get(canonicalAccount(id));
  return {
    find,
    async check(id, password) {
      const account = find(id);
      const { salt, hash } = account?.passwordHash ?? nobody;
      const matches = timingSafeEqual(await derive(password, salt, cost), hash);
      return matches ? account : undefined;
    },
  };
}

const hashBytes = 32;

async function hashPassword(password: string, cost: PasswordCost): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, hash: await derive(password, salt, cost) };
}

function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, hashBytes, cost, (error, hash) => (error === null ? resolve(hash) : reject(error)));
  });
}
