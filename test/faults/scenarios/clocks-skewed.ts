import { setTimeout as sleep } from "node:timers/promises";
import { inRedisScene } from "../harness/redis-scene.js";
import { skewedProcess } from "../harness/skewed-process.js";

/** What two guards say of the same, whose clocks are an hour apart. */
export interface SkewFigures {
  readonly skew: number;
  /** What each said at the same moments, to be the same. */
  readonly said: readonly { readonly when: string; readonly right: unknown; readonly skewed: unknown }[];
  /** How far the times of what was decided are from the store's time, milliseconds. */
  readonly offStore: number;
  /** `retryAt` less the store's time, milliseconds: never more than the window. */
  readonly retryIn: readonly [number, number];
  readonly detections: number;
  readonly broken: readonly string[];
}

const account = "ann";
const source = "192.0.2.1";
const window = 3_000;

/** Two guards on one Redis, one with a clock that is off. The store stamps, so neither decision, window nor `retryAt` knows of it. */
export function clocksSkewed({ skew }: { readonly skew: number }): Promise<SkewFigures> {
  return inRedisScene(async ({ server, direct }) => {
    const [exact, skewed] = await Promise.all([skewedProcess(server.port, 0), skewedProcess(server.port, skew)]);
    const storeTime = async (): Promise<number> => {
      const [seconds, micros] = await direct.time();
      return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
    };
    try {
      const said: { when: string; right: unknown; skewed: unknown }[] = [];
      const broken: string[] = [];
      const both = async (when: string, who: { account: string; source: string; token?: string }) => {
        const [a, b] = [await exact.ask({ ask: "begin", ...who }), await skewed.ask({ ask: "begin", ...who })];
        const say = ({ action, retryAt, scopes }: typeof a) => ({ action, retryAt, scopes });
        said.push({ when, right: say(a), skewed: say(b) });
        return [a, b] as const;
      };
      let offStore = 0;
      for (let n = 0; n < 10; n++) {
        const { ownTime, eventAt } = await (n % 2 === 0 ? exact : skewed).ask({ ask: "guess", account, source });
        offStore = Math.max(offStore, Math.abs(eventAt - (await storeTime())));
        if (n % 2 === 1 && Math.abs(Math.abs(ownTime - eventAt) - Math.abs(skew)) > 5_000) broken.push("the clock of a guard was not off");
        if (n === 4) await both("after five failures", { account, source });
      }
      const now = await storeTime();
      const [a, b] = await both("after ten failures", { account, source });
      const locks = [...a.locks, ...b.locks];
      if (locks.length !== 1 || locks[0] !== a.retryAt)
        broken.push(`expected one lock until ${a.retryAt}, told of ${locks.join(", ") || "none"}`);
      const detections = a.detections + b.detections;
      if (detections !== 1) broken.push(`expected one detection over both guards, got ${detections}`);
      await sleep((a.retryAt ?? now) - (await storeTime()) - 400);
      await both("0.4 s before the lock lifts", { account, source });
      await sleep(800);
      await both("0.4 s after", { account, source });

      const { token } = await skewed.ask({ ask: "log in", account: "bob", source: "192.0.2.2" });
      for (let n = 0; n < 5; n++)
        await exact.ask({ ask: "guess", account: "bob", source: "192.0.2.3", ...(token === undefined ? {} : { token }) });
      await both("a device cookie of the skewed guard", { account: "bob", source: "192.0.2.4", ...(token === undefined ? {} : { token }) });
      await both("an address on a list, before the store is asked", { account: "bob", source: "198.51.100.1" });
      for (const [from, to] of [
        [exact, skewed],
        [skewed, exact],
      ] as const) {
        const waiting = await from.ask({ ask: "await a factor", account: "cleo", source: "192.0.2.5" });
        const { admitted } = await to.ask({ ask: "resume", account: "cleo", source: "192.0.2.5", token: waiting.token ?? "" });
        said.push({ when: "a handle taken up by the other", right: true, skewed: admitted });
      }
      const retryIn = [(a.retryAt ?? Number.NaN) - now, (b.retryAt ?? Number.NaN) - now] as const;
      if (!retryIn.every((ms) => ms > 0 && ms <= window))
        broken.push(`a lock lifts in ${retryIn.join(" or ")} ms of a window of ${window}`);
      if (offStore > 1_000) broken.push(`an event was dated ${offStore} ms off the store's time`);
      for (const each of said)
        if (JSON.stringify(each.right) !== JSON.stringify(each.skewed)) broken.push(`not the same: ${JSON.stringify(each)}`);
      return { skew, said, offStore, retryIn, detections, broken };
    } finally {
      await Promise.all([exact.end(), skewed.end()]);
    }
  });
}
