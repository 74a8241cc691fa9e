import { execFileSync } from "node:child_process";
import { connect } from "node:net";

/** Where the services of this machine are, unless the environment says otherwise. */
export const redisUrl = process.env.PORTCULLIS_REDIS_URL ?? "redis://127.0.0.1:6379";
export const postgresUrl = process.env.PORTCULLIS_POSTGRES_URL ?? "postgres://postgres@127.0.0.1:5432/postgres";

/** Why a test of a service is skipped; `undefined` where it answers. Where `PORTCULLIS_REQUIRE_SERVICES=1` is set, nothing is skipped: a service that is missing fails. */
export type SkipReason = string | undefined;

/** Why tests of a Redis server are skipped. */
export const noRedis: SkipReason = await unless(answers(redisUrl), `no Redis at ${redisUrl}`);

/** Why tests of a PostgreSQL server are skipped. */
export const noPostgres: SkipReason = await unless(answers(postgresUrl), "no PostgreSQL on its port");

/** Why tests that start Redis servers of their own are skipped. */
export const noRedisServer: SkipReason = await unless(runs("redis-server") && runs("redis-cli"), "no redis-server and redis-cli here");

async function unless(there: boolean | Promise<boolean>, reason: string): Promise<SkipReason> {
  if (await there) return undefined;
  if (process.env.PORTCULLIS_REQUIRE_SERVICES === "1") throw new Error(`PORTCULLIS_REQUIRE_SERVICES is set, and there is ${reason}`);
  return reason;
}

function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: 1_000 });
    const end = (there: boolean): void => {
      socket.destroy();
      resolve(there);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}

function runs(program: string): boolean {
  try {
    execFileSync(program, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
