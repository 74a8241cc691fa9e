import { setTimeout as sleep } from "node:timers/promises";
import { createGuard } from "../../../src/guard/create-guard.js";
import type { Handle } from "../../../src/guard/handle.js";
import { redisStore } from "../../../src/stores/redis/redis-store.js";
import { wrong } from "../../support/results.js";
import { ioredis } from "../harness/redis-clients.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { stoodIn } from "../harness/stood-in.js";

/** How many passwords somebody gets looked at who guesses while the store dies and comes back. */
export interface GuessFigures {
  readonly guards: number;
  readonly rounds: number;
  readonly guesses: number;
  /** The most of a round. */
  readonly checked: number;
  readonly byStore: number;
  readonly locally: number;
  /** What it can come to: the limit by the store, and once more by each process. */
  readonly bound: number;
  readonly broken: readonly string[];
}

const limit = 10;
const parallel = 100;

/** In each round a hundred guesses at one account are on their way when Redis is killed; a hundred more come while it is dead, and a hundred when it is back. */
export function guessesWhileKilled({
  rounds,
  guards: number,
}: {
  readonly rounds: number;
  readonly guards: number;
}): Promise<GuessFigures> {
  return inRedisScene(async ({ server }) => {
    const clients = await Promise.all(Array.from({ length: number }, () => ioredis(server.port)));
    const guards = clients.map((client) => createGuard({ store: redisStore({ client }) }));
    let most = { checked: 0, byStore: 0, locally: 0 };
    try {
      for (let round = 0; round < rounds; round++) {
        // each round from a network of its own, or the guard would take it all for a spray
        const attempt = { account: `victim-${round}`, source: `2001:db8:0:${round}::1` };
        const wave = (): Promise<Handle>[] => Array.from({ length: parallel }, (_, n) => guards[n % number]!.begin(attempt));
        const first = wave();
        await sleep(round % 5);
        await server.kill();
        const handles = await Promise.all([...first, ...wave()]);
        await Promise.all(handles.map((handle) => handle.conclude(wrong)));
        await server.start();
        await usedAgain(guards);
        handles.push(...(await Promise.all(wave())));
        const looked = handles.filter(({ decision }) => decision.action !== "BLOCK").map(({ decision }) => stoodIn(decision));
        const byStore = looked.filter((who) => who === "store").length;
        if (looked.length > most.checked) most = { checked: looked.length, byStore, locally: looked.length - byStore };
      }
    } finally {
      for (const client of clients) client.disconnect();
    }
    const bound = limit * (1 + number);
    const broken = most.checked <= bound ? [] : [`${most.checked} passwords were looked at, more than ${bound}`];
    return { guards: number, rounds, guesses: 3 * parallel, ...most, bound, broken };
  });
}

/** Until all of them are counted by the store again. */
async function usedAgain(guards: readonly ReturnType<typeof createGuard>[]): Promise<void> {
  for (const guard of guards) {
    for (let n = 0; n < 400; n++) {
      const probe = await guard.begin({ account: "probe", source: `203.0.113.${n % 250}` });
      await probe.cancel();
      if (stoodIn(probe.decision) === "store") break;
      await sleep(20);
    }
  }
}
