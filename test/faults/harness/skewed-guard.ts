import { once } from "node:events";
import { createDefaultPolicy } from "../../../src/core/policies/default.js";
import { createGuard } from "../../../src/guard/create-guard.js";
import type { GuardHooks } from "../../../src/guard/hooks.js";
import { redisStore } from "../../../src/stores/redis/redis-store.js";
import { right, rightSoFar, wrong } from "../../support/results.js";
import { ioredis } from "./redis-clients.js";
import type { SkewedAnswer, SkewedQuestion } from "./skewed-process.js";

// a process of its own, whose clock is off before anything else looks at it
const [port = "", skew = ""] = process.argv.slice(2);
const ownClock = Date.now;
Date.now = () => ownClock() + Number(skew);

const heard: { detections: number; locks: number[]; eventAt: number } = { detections: 0, locks: [], eventAt: 0 };
const hooks: GuardHooks = {
  onDetection: () => heard.detections++,
  onLock: (lock) => lock.change === "locked" && lock.until !== undefined && heard.locks.push(lock.until),
  onDecision: ({ event }) => {
    heard.eventAt = event.at;
  },
};
const client = await ioredis(Number(port));
const guard = createGuard({
  store: redisStore({ client }),
  secrets: ["0123456789abcdef0123456789abcdef"],
  policy: createDefaultPolicy({
    failedAttempts: { flagAt: 5, blockAt: 10, within: { seconds: 3 } },
    bruteForce: { within: { seconds: 3 } },
    maliciousIp: { lists: [{ name: "abuse", addresses: ["198.51.100.0/24"] }] },
  }),
  ...hooks,
});

process.on("message", async ({ ask, account, source, token }: SkewedQuestion) => {
  const answer = async (): Promise<SkewedAnswer> => {
    const common = { ownTime: Date.now() };
    if (ask === "resume") {
      const { admitted } = await (await guard.resume(token ?? "")).proof({ ok: true, factors: ["otp"] });
      return { ...common, ...heard, action: "ALLOW", admitted };
    }
    const handle = await guard.begin({ account, source, ...(token === undefined ? {} : { deviceToken: token }) });
    const { action, retryAt, verdicts } = handle.decision;
    const said = { ...common, action, retryAt, scopes: verdicts.map(({ facts }) => String(facts.scope)) };
    if (ask === "begin") {
      await handle.cancel();
      return { ...said, ...heard };
    }
    if (ask === "await a factor") {
      await handle.conclude(rightSoFar);
      return { ...said, ...heard, token: await handle.token() };
    }
    const { admitted } = await handle.conclude(ask === "guess" ? wrong : right);
    return { ...said, ...heard, admitted, ...(admitted ? { token: await handle.deviceToken() } : {}) };
  };
  process.send?.(await answer().catch((error: unknown) => ({ failed: String(error) })));
});
process.send?.("ready");
await once(process, "disconnect");
client.disconnect();
