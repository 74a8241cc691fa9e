import { randomBytes } from "node:crypto";

/** What the environment says. */
export interface Settings {
  readonly port: number;
  /** One's own proxies. */
  readonly trusted: readonly string[];
  /** The header that they write. */
  readonly header: "x-forwarded-for" | "forwarded" | undefined;
  /** Where browsers find this server. */
  readonly siteUrl: string;
  readonly redisUrl: string | undefined;
  readonly redisPrefix: string;
  readonly databaseUrl: string | undefined;
  /** Sign handles and device cookies, the newest first. */
  readonly secrets: readonly string[];
  /** `shadow` watches and lets everybody through. */
  readonly mode: "enforce" | "shadow";
  /** A JSON file of accounts in place of the invented ones. */
  readonly accountsFile: string | undefined;
}

/** @throws RangeError for a variable that is not what it should be. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError("PORT: expected a number from 0 to 65535");
  const header = env.PROXY_HEADER;
  if (header !== undefined && header !== "x-forwarded-for" && header !== "forwarded") {
    throw new RangeError("PROXY_HEADER: expected x-forwarded-for or forwarded");
  }
  const mode = env.GUARD_MODE ?? "enforce";
  if (mode !== "enforce" && mode !== "shadow") throw new RangeError("GUARD_MODE: expected enforce or shadow");
  return {
    port,
    trusted: list(env.TRUSTED_PROXIES),
    header,
    siteUrl: env.SITE_URL ?? `http://127.0.0.1:${port}`,
    redisUrl: env.REDIS_URL,
    redisPrefix: env.REDIS_PREFIX ?? "portcullis:",
    databaseUrl: env.DATABASE_URL,
    // made up at the start, a restart makes every device a stranger; and several processes need the same
    secrets: env.SECRETS === undefined ? [randomBytes(32).toString("base64url")] : list(env.SECRETS),
    mode,
    accountsFile: env.ACCOUNTS_FILE,
  };
}

function list(text = ""): readonly string[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
