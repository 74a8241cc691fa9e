import { setTimeout as sleep } from "node:timers/promises";
import { createGuard } from "../../../src/guard/create-guard.js";
import type { LoginStore } from "../../../src/stores/store.js";
import { wrong } from "../../support/results.js";
import type { FaultFigures } from "../fault-figures.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { stoodIn } from "../harness/stood-in.js";
import { underLoad } from "../harness/under-load.js";

/** One reply too many on the connection: from then on every reply belongs to the request before. None may be taken for one's own. */
export function repliesShifted({ lasting }: { readonly lasting: number }): Promise<FaultFigures> {
  return inRedisScene(async ({ network, store, witness }) => {
    const attempt = { account: "locked", source: "192.0.2.1" };
    const guard = createGuard({ store: witness });
    for (let n = 0; n < 10; n++) await (await guard.begin(attempt)).conclude(wrong);
    let broken: readonly string[] = [];
    return underLoad({
      fault: "every reply belongs to the request before",
      store,
      witness,
      strike: async () => {
        network.slipIn(Buffer.from("+OK\r\n"));
        broken = await mistaken(store, lasting);
        // a client notices by itself at the earliest when a reply is missing
        network.cut();
        return performance.now();
      },
      judge: () => ({ broken }),
    });
  });
}

/** Who is taken for somebody else: a locked account that its store lets in, or somebody without a failure who is blocked. */
async function mistaken(store: LoginStore, lasting: number): Promise<readonly string[]> {
  const found: string[] = [];
  const until = performance.now() + lasting;
  for (let n = 0; performance.now() < until; n++) {
    // a new guard each time: none that leaves the store alone for what it answered before
    const guard = createGuard({ store });
    const [locked, innocent] = await Promise.all([
      guard.begin({ account: "locked", source: "192.0.2.1" }),
      guard.begin({ account: `innocent-${n}`, source: `203.0.113.${n % 256}` }),
    ]);
    if (stoodIn(locked.decision) === "store" && locked.decision.action !== "BLOCK") found.push("a locked account was let in");
    if (innocent.decision.action === "BLOCK") found.push("somebody was blocked for another's failures");
    await sleep(5);
  }
  return [...new Set(found)];
}
