import { describe, expect, it } from "vitest";
import { noPostgres } from "../support/services.js";
import type { FaultFigures } from "./fault-figures.js";
import { connectionStranded } from "./scenarios/connection-stranded.js";
import { postgresLocked } from "./scenarios/postgres-locked.js";
import { postgresTerminated } from "./scenarios/postgres-terminated.js";

const why = noPostgres === undefined ? "" : ` (skipped: ${noPostgres})`;

describe.skipIf(noPostgres !== undefined)(`64 logins on their way, and PostgreSQL fails${why}`, () => {
  it.each<[string, () => Promise<FaultFigures>]>([
    ["its connections terminated again and again", () => postgresTerminated({ times: 3, every: 200 })],
    ["its table locked for a second", () => postgresLocked({ lasting: 1_000 })],
    ["a connection that is dead and does not say so", () => connectionStranded("pg")],
  ])("%s: no exception, each answer in time, nothing forgotten that was acknowledged", async (_, run) => {
    const { exceptions, broken, begun, honest, acknowledged } = await run();
    expect(exceptions).toEqual([]);
    expect(broken).toEqual([]);
    expect(acknowledged).toBeGreaterThan(0);
    expect(begun.local).toBeGreaterThan(0);
    expect(honest.admitted).toBe(honest.logins);
  });
});
