import { describe, expect, it } from "vitest";
import { noRedisServer } from "../support/services.js";
import { fourModes } from "./scenarios/four-modes.js";
import { guessesWhileKilled } from "./scenarios/guesses-while-killed.js";

const why = noRedisServer === undefined ? "" : ` (skipped: ${noRedisServer})`;

describe.skipIf(noRedisServer !== undefined)(`Redis is down${why}`, () => {
  it("each mode does what it says: whom it lets guess, whom it keeps out", async () => {
    expect(await fourModes()).toEqual([
      { mode: "local", guessesChecked: 10, honestAdmitted: 100, honestWithCaptcha: 100, honestWithFactor: 100, told: true, broken: [] },
      { mode: "allow", guessesChecked: 100, honestAdmitted: 100, honestWithCaptcha: 100, honestWithFactor: 100, told: true, broken: [] },
      { mode: "challenge", guessesChecked: 0, honestAdmitted: 0, honestWithCaptcha: 100, honestWithFactor: 100, told: true, broken: [] },
      { mode: "block", guessesChecked: 0, honestAdmitted: 0, honestWithCaptcha: 0, honestWithFactor: 0, told: true, broken: [] },
    ]);
  });

  it.each([1, 2])(
    "%s guards: who guesses while it dies and comes back gets the limit once from it and once from each process, no more",
    async (guards) => {
      const { checked, locally, bound, broken } = await guessesWhileKilled({ rounds: 2, guards });
      expect(broken).toEqual([]);
      expect(bound).toBe(10 * (1 + guards));
      expect(checked).toBeGreaterThanOrEqual(10);
      expect(locally).toBeLessThanOrEqual(10 * guards);
    },
  );
});
