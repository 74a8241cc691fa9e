import { createGuard } from "../../../src/guard/create-guard.js";
import type { StoreFailurePolicy } from "../../../src/guard/guard-options.js";
import { right, wrong } from "../../support/results.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { stoodIn } from "../harness/stood-in.js";

/** Whom each way to stand in for a store hurts, while it is down. */
export interface ModeFigures {
  readonly mode: StoreFailurePolicy;
  /** Of a hundred guesses at one account from one source, at once: whose password was looked at. */
  readonly guessesChecked: number;
  /** Of a hundred honest people with the right password and nothing else. */
  readonly honestAdmitted: number;
  /** The same people, had they solved a captcha before. */
  readonly honestWithCaptcha: number;
  /** The same, asked for a second factor and giving it. */
  readonly honestWithFactor: number;
  /** Whether every decision said that the store was away. */
  readonly told: boolean;
  readonly broken: readonly string[];
}

const hundred = Array.from({ length: 100 }, (_, n) => n);

/** What each mode must come to: the guesses looked at, and the honest admitted with nothing, a captcha, or a second factor. */
const expected: Readonly<Record<StoreFailurePolicy, readonly [number, number, number, number]>> = {
  local: [10, 100, 100, 100],
  allow: [100, 100, 100, 100],
  challenge: [0, 0, 100, 100],
  block: [0, 0, 0, 0],
};

/** A guard in each mode on a Redis that was killed. */
export function fourModes(): Promise<readonly ModeFigures[]> {
  return inRedisScene(async ({ server, store }) => {
    await server.kill();
    const all: ModeFigures[] = [];
    for (const mode of ["local", "allow", "challenge", "block"] as const) {
      const guard = createGuard({ store, onStoreFailure: mode });
      let told = true;
      const begin = async (attempt: Parameters<typeof guard.begin>[0]) => {
        const handle = await guard.begin(attempt);
        if (stoodIn(handle.decision) === "store") told = false;
        return handle;
      };
      const guesses = await Promise.all(hundred.map(() => begin({ account: "victim", source: "192.0.2.1" })));
      await Promise.all(guesses.map((handle) => handle.conclude(wrong)));
      const guessesChecked = guesses.filter(({ decision: { action } }) => action === "ALLOW" || action === "FLAG").length;
      const honest = async (proof: "none" | "captcha" | "factor"): Promise<number> => {
        const admitted = await Promise.all(
          hundred.map(async (n) => {
            const proofs = proof === "captcha" ? { proofs: ["captcha"] as const } : {};
            const handle = await begin({ account: `${proof}-${n}`, source: `203.0.113.${n}`, ...proofs });
            const concluded = await handle.conclude(right);
            if (proof !== "factor" || !concluded.awaiting) return concluded.admitted;
            return (await handle.proof({ ok: true, factors: ["pwd", "otp"] })).admitted;
          }),
        );
        return admitted.filter(Boolean).length;
      };
      const figures = [guessesChecked, await honest("none"), await honest("captcha"), await honest("factor")] as const;
      const [, honestAdmitted, honestWithCaptcha, honestWithFactor] = figures;
      const broken = [
        ...(figures.join() === expected[mode].join() ? [] : [`${mode}: expected ${expected[mode].join(", ")}, got ${figures.join(", ")}`]),
        ...(told ? [] : [`${mode}: a decision did not say that the store was away`]),
      ];
      all.push({ mode, guessesChecked, honestAdmitted, honestWithCaptcha, honestWithFactor, told, broken });
    }
    return all;
  });
}
