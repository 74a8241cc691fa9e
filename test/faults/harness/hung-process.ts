import { setTimeout as sleep } from "node:timers/promises";
import { createGuard } from "../../../src/guard/create-guard.js";
import { memoryStore } from "../../../src/stores/memory-store.js";
import { wrong } from "../../support/results.js";

// a process of its own, to see that it ends by itself: its store answers never, late, or rejects late
const memory = memoryStore();
const fates = [
  () => new Promise<never>(() => undefined),
  async () => {
    await sleep(300, undefined, { ref: false });
    throw new Error("late");
  },
];
for (const exchange of fates) {
  const guard = createGuard({ store: { ...memory, exchange }, deadline: { seconds: 0.1 } });
  await Promise.all(
    Array.from({ length: 64 }, async (_, n) => (await guard.begin({ account: `a${n}`, source: "192.0.2.1" })).conclude(wrong)),
  );
}
const answeredAt = Date.now();
process.once("exit", () => process.stdout.write(String(Date.now() - answeredAt)));
