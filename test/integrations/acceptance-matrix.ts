import { afterEach, describe, expect, it } from "vitest";
import { type LoginHost, type LoginHostOptions, loginHost } from "./login-host.js";
import type { MatrixAdapter, MatrixServer } from "./matrix-adapter.js";
import { matrixRows } from "./matrix-rows.js";

/** A running server, and what is behind it. */
export interface Stage {
  readonly server: MatrixServer;
  readonly host: LoginHost;
}

/** What a row is run with. */
export interface Bench {
  readonly adapter: MatrixAdapter;
  /** Starts the guarded server; it is closed when the row is over. */
  readonly start: (options?: LoginHostOptions) => Promise<Stage>;
  /** Has another server closed when the row is over. */
  readonly closing: (server: Promise<MatrixServer>) => Promise<MatrixServer>;
}

/** One row: what must be so, whatever the framework. */
export interface Row {
  readonly name: string;
  readonly run: (bench: Bench) => Promise<void>;
  /** Set where this machine cannot run it. */
  readonly skip?: string | undefined;
}

/**
 * What every adapter must show against the real framework over real HTTP on loopback. A row that an adapter cannot show is listed with the reason.
 */
export function describeAdapter(name: string, adapter: MatrixAdapter): void {
  describe(`the acceptance matrix: ${name}`, () => {
    const running: MatrixServer[] = [];
    afterEach(async () => {
      await Promise.all(running.splice(0).map((server) => server.close()));
    });
    const closing: Bench["closing"] = async (starting) => {
      const server = await starting;
      running.push(server);
      return server;
    };
    const start: Bench["start"] = async (options) => {
      const host = loginHost(options);
      return { host, server: await closing(adapter.start(host)) };
    };
    const { without = {} } = adapter;

    for (const row of matrixRows) {
      const reason = without[row.name] ?? row.skip;
      if (reason === undefined) it(row.name, () => row.run({ adapter, start, closing }));
      else it.skip(`${row.name} (does not apply: ${reason})`);
    }

    it("says of no row that is not there that it does not apply", () => {
      const names = matrixRows.map((row) => row.name);
      expect(Object.keys(without).filter((each) => !names.includes(each))).toEqual([]);
    });
  });
}
