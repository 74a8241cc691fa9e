import type { Decision } from "../../../src/core/model/decision.js";
import type { Reached } from "../../../src/guard/store-line.js";

/** Who counted an attempt, as its decision tells. */
export function stoodIn({ degraded }: Decision): Reached {
  const failure = degraded.find(({ kind }) => kind === "store-failure");
  if (failure === undefined) return "store";
  return failure.detail?.endsWith("counted by this process alone") ? "local" : "nobody";
}
