import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGuard } from "../../src/guard/public.js";
import { postgresMigration, postgresStore } from "../../src/stores/postgres/public.js";
import { append, part, read } from "../../src/testing/store/parts.js";
import { noPostgres, postgresUrl } from "../support/services.js";

describe("the name of the table", () => {
  it.each([
    ["journal", '"journal"'],
    ["Journal_2", '"Journal_2"'],
    ["_", '"_"'],
    ["auth.journal", '"auth"."journal"'],
    ["user", '"user"'],
    ["j".repeat(50), `"${"j".repeat(50)}"`],
  ])("%s is quoted", (table, quoted) => expect(postgresMigration(table)).toContain(`create table if not exists ${quoted} (`));

  it.each([
    ["nothing", ""],
    ["two statements", "journal; drop table users"],
    ["a quote", 'journal" (x int); drop table users; --'],
    ["a single quote", "journal'"],
    ["a comment", "journal--"],
    ["a space", "my journal"],
    ["a digit first", "2journal"],
    ["three parts", "a.b.c"],
    ["an empty schema", ".journal"],
    ["a line break at the end", "journal\n"],
    ["letters that look like others", "j\u043eurnal"],
    ["more than PostgreSQL keeps", "j".repeat(51)],
    ["no text", undefined as unknown as string],
  ])("%s is refused", (_, table) => {
    const name = table === undefined ? (null as unknown as string) : table;
    expect(() => postgresMigration(name)).toThrow(RangeError);
    expect(() => postgresStore({ query: async () => [], table: name })).toThrow(RangeError);
  });
});

describe("postgresStore", () => {
  it("refuses a pool in place of a function", () => {
    expect(() => postgresStore({ query: { query: async () => [] } as never })).toThrow(TypeError);
  });

  it.each([
    ["nothing", undefined],
    ["no rows", {}],
    ["fewer rows than parts", { rows: [] }],
    ["a row that is no object", [null]],
    ["a journal as a Buffer", [{ at: "1", journal: Buffer.from("[1],") }]],
    ["a time as a number", [{ at: 1, journal: "[1]," }]],
    ["no time", [{ at: "x", journal: "[1]," }]],
    ["other columns", [{ AT: "1", JOURNAL: "[1]," }]],
  ])("calls it nonsense: %s", async (_, result) => {
    const store = postgresStore({ query: async () => result as never });
    await expect(append(store, "{a}", "[1],")).rejects.toMatchObject({ name: "StoreError", code: "nonsense" });
  });

  it("says each of its statements with a name of at most 63 bytes, which no other has", async () => {
    const said = new Map<string, string>();
    for (const table of ["auth.journal", "authjournal", "j".repeat(50)]) {
      const store = postgresStore({
        table,
        query: async (text, _, name) => {
          said.set(name, text);
          return [{ at: "1", journal: "", removed: "0" }];
        },
      });
      await append(store, "{a}", "[1],");
      await store.compact({ key: "{a}", head: "", length: 0, text: "" });
      await store.journalsOf("a");
      await store.forget("a");
      await store.sweep();
    }
    expect(said.size).toBe(15);
    expect(new Set(said.values()).size).toBe(15);
    expect([...said.keys()].filter((name) => name.length > 63)).toEqual([]);
  });

  it("sends nothing of a part but as a parameter", async () => {
    const texts: string[] = [];
    const store = postgresStore({
      query: async (text) => {
        texts.push(text);
        return [{ at: "1", journal: "" }];
      },
    });
    for (const key of ["{a}x", "{b}'; drop table users; --"]) await append(store, key, key, { owner: key });
    expect(new Set(texts).size).toBe(1);
  });
});

describe.skipIf(noPostgres !== undefined)(`postgresStore on a server${noPostgres === undefined ? "" : ` (skipped: ${noPostgres})`}`, () => {
  const schema = `Portcullis_${randomUUID().slice(0, 8)}`;
  const table = `${schema}.Journal`;
  const pool = new pg.Pool({ connectionString: postgresUrl });
  let calls = 0;
  const store = postgresStore({
    table,
    query(text, values) {
      calls++;
      return pool.query(text, values);
    },
  });
  const expiryOf = async (key: string): Promise<number | undefined> => {
    const { rows } = await pool.query(`select expires_at from "${schema}"."Journal" where key = $1`, [key]);
    return (rows[0] as { expires_at: Date | null }).expires_at?.getTime();
  };
  beforeAll(async () => {
    await pool.query(`create schema "${schema}"`);
    await pool.query(postgresMigration(table));
  });
  afterAll(async () => {
    await pool.query(`drop schema "${schema}" cascade`);
    await pool.end();
  });

  it("the migration can be run again, and leaves what is there", async () => {
    await append(store, "{kept}", "[1],");
    await pool.query(postgresMigration(table));
    expect(await read(store, "{kept}")).toBe("[1],");
  });

  it("an exchange is one statement, and so is a begin", async () => {
    calls = 0;
    await store.exchange(Array.from({ length: 10 }, (_, i) => part(`{one}${i}`, { entries: i % 2 === 0 ? "" : "[1]," })));
    expect(calls).toBe(1);
    const attempt = await createGuard({ store, deadline: { seconds: 30 } }).begin({ account: "ann", source: "192.0.2.1" });
    expect({ calls, degraded: attempt.decision.degraded }).toEqual({ calls: 2, degraded: [] });
  });

  it("keeps a row for as long as asked and at most a quarter longer, so that its expiry seldom changes", async () => {
    const hour = 3_600_000;
    const before = Date.now();
    await append(store, "{hour}", "[1],", { keepFor: hour });
    const first = (await expiryOf("{hour}"))!;
    expect(first).toBeGreaterThanOrEqual(before + hour - 1_000);
    expect(first).toBeLessThanOrEqual(Date.now() + 1.25 * hour + 1_000);
    const expiries = new Set<number | undefined>();
    for (let i = 0; i < 20; i++) {
      await append(store, "{hour}", "[1],", { keepFor: hour });
      expiries.add(await expiryOf("{hour}"));
    }
    // one more where a quarter of an hour has just ended
    expect(expiries.size).toBeLessThanOrEqual(2);
  });

  it("a shorter time leaves a longer, and for ever stays", async () => {
    for (const keepFor of [86_400_000, 1_000]) await append(store, "{long}", "[1],", { keepFor });
    expect(await expiryOf("{long}")).toBeGreaterThan(Date.now() + 86_000_000);
    for (const keepFor of [1_000, Number.POSITIVE_INFINITY, 1_000]) await append(store, "{ever}", "[1],", { keepFor });
    expect(await expiryOf("{ever}")).toBeUndefined();
    await append(store, "{beyond any date}", "[1],", { keepFor: 1e300 });
    expect(await expiryOf("{beyond any date}")).toBeUndefined();
  });

  it("sweep removes what has expired, however much, and nothing else", async () => {
    const parts = Array.from({ length: 2_500 }, (_, i) => part(`{swept}${i}`, { entries: "[1],", keepFor: i === 0 ? 3_600_000 : 1 }));
    await store.exchange(parts);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await store.sweep()).toBe(2_499);
    expect(await store.sweep()).toBe(0);
    expect(await read(store, "{swept}0")).toBe("[1],");
  });

  it("passes on the server's own error where the table is not there, and a guard lists it", async () => {
    const lost = postgresStore({ table: `${schema}.nowhere`, query: (text, values) => pool.query(text, values) });
    await expect(read(lost, "{a}")).rejects.toThrow("does not exist");
    const attempt = await createGuard({ store: lost, deadline: { seconds: 30 } }).begin({ account: "ann", source: "192.0.2.1" });
    expect(attempt.decision.degraded).toMatchObject([{ kind: "store-failure" }]);
  });
});
