import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { createClient, RESP_TYPES } from "redis";
import { afterAll, describe, expect, it } from "vitest";
import { createGuard } from "../../src/guard/public.js";
import { type RedisClient, redisStore } from "../../src/stores/redis/public.js";
import { append, part } from "../../src/testing/store/parts.js";
import { noRedis, redisUrl } from "../support/services.js";

const day = 86_400_000;

/** What the script says where nothing is kept; its first argument is the number of parts. */
function replyTo([parts]: readonly string[]): readonly (string | null)[] {
  return ["1", ...new Array<null>(Number(parts)).fill(null)];
}

describe("redisStore", () => {
  it.each([
    ["nothing", undefined],
    ["an object without methods", {}],
    ["a client of another kind", { sendCommand: () => undefined }],
    ["an address", "redis://127.0.0.1"],
  ])("refuses %s as its client", (_, client) => {
    expect(() => redisStore({ client: client as RedisClient })).toThrow(TypeError);
  });

  it.each(["{login}:", "login{", "}"])("refuses the prefix %s, which would move the hash tag", (prefix) => {
    expect(() => redisStore({ client: async () => null, prefix })).toThrow(RangeError);
  });

  it.each([
    ["no reply", null],
    ["a reply that is no list", "0"],
    ["no time", ["x", "[1],"]],
    ["a time that is no text", [1, "[1],"]],
    ["a Buffer", [Buffer.from("1"), Buffer.from("[1],")]],
    ["a journal that is no text", ["1", Buffer.from("[1],")]],
    ["a journal that was read as JSON", ["1", [1]]],
    ["more journals than were asked for", ["1", "[1],", "[2],"]],
    ["fewer journals than were asked for", ["1"]],
  ])("calls it nonsense: %s", async (_, reply) => {
    const store = redisStore({ client: async () => reply });
    await expect(append(store, "{a}", "[1],")).rejects.toMatchObject({ name: "StoreError", code: "nonsense" });
  });

  it("passes on what the client rejects with", async () => {
    const error = new Error("READONLY You can't write against a read only replica.");
    await expect(append(redisStore({ client: async () => Promise.reject(error) }), "{a}", "[1],")).rejects.toBe(error);
  });

  const parts = [part("{a}1", { entries: "[1],", owner: "a" }), part("{b}1"), part("{a}2"), part("{c}1")];

  it.each([
    ["one server", false, [["p:{a}1", "p:{b}1", "p:{a}2", "p:{c}1", "p:owned:{a}"]]],
    ["a cluster", true, [["p:{a}1", "p:{a}2", "p:owned:{a}"], ["p:{b}1"], ["p:{c}1"]]],
  ])("on %s, an exchange is one call over these keys", async (_, cluster, keys) => {
    const called: string[][] = [];
    const client = async ([, , numkeys, ...rest]: string[]): Promise<unknown> => {
      called.push(rest.slice(0, Number(numkeys)));
      return replyTo(rest.slice(Number(numkeys)));
    };
    await redisStore({ client, cluster, prefix: "p:" }).exchange(parts);
    expect(called).toEqual(keys);
  });

  /** Fakes of both kinds of client, which count their calls. */
  const fakes = (counted: () => void) => {
    const ioredis = async (_: string, numkeys: number, ...rest: string[]): Promise<unknown> => {
      counted();
      return replyTo(rest.slice(numkeys));
    };
    const nodeRedis = async (_: string, { arguments: args }: { readonly arguments: string[] }): Promise<unknown> => {
      counted();
      return replyTo(args);
    };
    return { ioredis: { evalsha: ioredis, eval: ioredis }, nodeRedis: { evalSha: nodeRedis, eval: nodeRedis } };
  };

  it.each([
    ["ioredis, one server", "ioredis", { isCluster: false }, 1],
    ["ioredis, a cluster", "ioredis", { isCluster: true }, 3],
    ["node-redis, one server", "nodeRedis", {}, 1],
    ["node-redis, a cluster", "nodeRedis", { masters: [], slots: [] }, 3],
  ] as const)("knows %s by its client", async (_, kind, marks, calls) => {
    let called = 0;
    const client = { ...fakes(() => called++)[kind], ...marks };
    await redisStore({ client }).exchange(parts);
    expect(called).toBe(calls);
  });
});

describe.skipIf(noRedis !== undefined)(`redisStore on a server${noRedis === undefined ? "" : ` (skipped: ${noRedis})`}`, () => {
  const client = new Redis(redisUrl, { lazyConnect: true });
  const prefix = `portcullis-test:${randomUUID()}:`;
  const store = redisStore({ client, prefix });
  afterAll(async () => {
    const keys = await client.keys(`*${prefix}*`);
    for (let i = 0; i < keys.length; i += 500) await client.del(keys.slice(i, i + 500));
    client.disconnect();
  });

  it("goes on where the server has lost its scripts", async () => {
    await append(store, "{lost}", "[1],");
    await client.script("FLUSH");
    const answers = await Promise.all(Array.from({ length: 20 }, () => append(store, "{lost}", "[2],")));
    expect(answers.toSorted((a, b) => a!.length - b!.length).at(-1)).toBe(`[1],${"[2],".repeat(20)}`);
  });

  it("every key that a guard writes has a time to live, and no journal outlives its owner's list", async () => {
    const guard = createGuard({ store, deadline: { seconds: 30 } });
    const attempt = await guard.begin({ account: "ttl", source: "192.0.2.1", client: { deviceId: "laptop" } });
    await attempt.conclude({ ok: true });
    const keys = await client.keys(`${prefix}*ttl*`);
    const lives = Object.fromEntries(
      await Promise.all(keys.map(async (key) => [key.slice(prefix.length), await client.pttl(key)] as const)),
    );
    expect(Object.keys(lives).toSorted()).toEqual([
      "owned:{ttl}",
      "{ttl}account-and-device:3:ttllaptop",
      "{ttl}account-and-source:3:ttl192.0.2.1",
      "{ttl}account:ttl",
    ]);
    for (const life of Object.values(lives)) {
      expect(life).toBeGreaterThan(3_600_000);
      expect(life).toBeLessThanOrEqual(lives["owned:{ttl}"]!);
    }
  });

  it.each([
    ["a shorter time leaves the longer", [day, 1_000], day],
    ["a longer time counts", [1_000, day], day],
    ["for ever counts", [1_000, Number.POSITIVE_INFINITY], -1],
    ["for ever stays", [Number.POSITIVE_INFINITY, 1_000], -1],
    ["a figure beyond what a server can add to its clock is for ever", [1e300], -1],
    ["part of a millisecond is one", [0.5 * day + 0.5], 0.5 * day + 1],
  ])("%s", async (name, keepFors, life) => {
    const owner = name.replaceAll(" ", "-");
    const key = `{${owner}}account:x`;
    for (const keepFor of keepFors) await append(store, key, "[1],", { owner, keepFor });
    for (const each of [`${prefix}${key}`, `${prefix}owned:{${owner}}`]) {
      const left = await client.pttl(each);
      expect(left).toBeLessThanOrEqual(life);
      expect(left).toBeGreaterThan(life - 10_000);
    }
  });

  it("an owner's list lets go of journals that are gone", async () => {
    const owner = "tried-from-everywhere";
    const begin = (from: number, count: number, keepFor: number) =>
      Promise.all(Array.from({ length: count }, (_, i) => append(store, `{${owner}}pair:${from + i}`, "[1],", { owner, keepFor })));
    await begin(0, 200, 50);
    await append(store, `{${owner}}account:x`, "[1],", { owner, keepFor: day });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await begin(1_000, 400, day);
    expect(await client.scard(`${prefix}owned:{${owner}}`)).toBeLessThan(401 + 40);
    expect(await store.journalsOf(owner)).toHaveLength(401);
    expect(await client.scard(`${prefix}owned:{${owner}}`)).toBe(401);
  });

  it("a client with a key prefix of its own", async () => {
    const prefixed = new Redis(redisUrl, { keyPrefix: "app:" });
    const inner = redisStore({ client: prefixed, prefix });
    await append(inner, "{own}account:x", "[1],", { owner: "own" });
    await append(inner, "{own}pair:x", "[2],", { owner: "own" });
    expect((await inner.journalsOf("own")).map(({ key }) => key).toSorted()).toEqual(["{own}account:x", "{own}pair:x"]);
    expect(await inner.forget("own")).toBe(2);
    expect(await client.keys(`app:${prefix}*`)).toEqual([]);
    prefixed.disconnect();
  });

  it("a client that gives Buffers is told so, and a guard lists it", async () => {
    const plain = createClient({ url: redisUrl });
    await plain.connect();
    const buffers = plain.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    const binary = redisStore({ client: buffers as unknown as RedisClient, prefix });
    await expect(append(binary, "{buffers}", "[1],")).rejects.toMatchObject({
      code: "nonsense",
      message: expect.stringContaining("Buffers"),
    });
    const attempt = await createGuard({ store: binary }).begin({ account: "buffers", source: "192.0.2.1" });
    expect(attempt.decision.degraded).toMatchObject([{ kind: "store-failure" }]);
    await plain.close();
  });

  it("a key that is somebody else's is an error, and stays what it is", async () => {
    await client.hset(`${prefix}{hash}`, "field", "value");
    await expect(append(store, "{hash}", "[1],")).rejects.toThrow("WRONGTYPE");
    expect(await client.hgetall(`${prefix}{hash}`)).toEqual({ field: "value" });
  });
});
