import { setTimeout as sleep } from "node:timers/promises";
import { createGuard } from "../../src/guard/create-guard.js";
import { redisStore } from "../../src/stores/redis/redis-store.js";
import { ownRedisServer } from "./harness/own-redis-server.js";
import { ioredis } from "./harness/redis-clients.js";
const server = await ownRedisServer({ keeps: false });
const client = await ioredis(server.port);
const bare = redisStore({ client });
const t0 = performance.now();
const ts = () => (performance.now() - t0).toFixed(1);
const guard = createGuard({ store: bare, onFault: ({ error }) => console.log(ts(), "fault", String(error)) });
for (let n = 0; n < 20; n++) await (await guard.begin({ account: `w${n}`, source: "192.0.2.1" })).cancel();
client.on("close", () => console.log(ts(), "close")); client.on("reconnecting", () => console.log(ts(), "reconnecting"));
client.on("error", (e) => console.log(ts(), "error", e.message));
for (let i = 0; i < 10; i++) {
  const begun = Array.from({ length: 5 }, (_, n) => guard.begin({ account: `a${i}-${n}`, source: "192.0.2.1" }));
  await new Promise((r) => setImmediate(r));
  const until = performance.now() + 400; while (performance.now() < until);
  const d = await Promise.all(begun);
  console.log(ts(), i, d.map((h) => h.decision.degraded.map((x) => x.detail).join()).join("|"));
  await sleep(1200);
}
client.disconnect(); await server.stop();
