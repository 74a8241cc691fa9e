import type { LoginStore } from "../../stores/store.js";
import { followModel } from "./follow-model.js";
import { drawSteps } from "./guard-steps.js";
import type { Laws } from "./laws.js";

/** How many streams, and from which number they are drawn. */
export interface ModelRuns {
  readonly runs: number;
  readonly seed: number;
}

/** Long enough for journals to be folded several times. */
const longStream = 300;

/** A guard on the store says what the pure core says, whatever happens. */
export function modelLaws(store: () => LoginStore, { runs, seed }: ModelRuns): Laws {
  const seeds = Array.from({ length: runs }, (_, i) => seed + i);

  return {
    [`${runs} random streams: the same decisions, evidence, times and detections`]: async () => {
      const follow = async (each: number): Promise<void> => {
        try {
          await followModel(store(), drawSteps(each, 60));
        } catch (error) {
          throw new Error(`stream ${each}: ${error instanceof Error ? error.message : error}`, { cause: error });
        }
      };
      await Promise.all(seeds.map(follow));
    },

    "a stream long enough to be folded over and over": async () => followModel(store(), drawSteps(seed, longStream)),
  };
}
