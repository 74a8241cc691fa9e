import { describe, expect, it } from "vitest";
import { noRedisServer } from "../support/services.js";
import { storeAnswersGarbage } from "./scenarios/garbage.js";

const why = noRedisServer === undefined ? "" : ` (skipped: ${noRedisServer})`;

describe.skipIf(noRedisServer !== undefined)(`64 logins on their way, and the store answers garbage${why}`, () => {
  it.each(["bytes of no protocol", "journals that are none"] as const)(
    "%s: this process counts by itself, and nothing is forgotten",
    async (what) => {
      const { exceptions, broken, begun, honest } = await storeAnswersGarbage({ what, lasting: 300 });
      expect(exceptions).toEqual([]);
      expect(broken).toEqual([]);
      expect(begun.local).toBeGreaterThan(0);
      expect(honest.admitted).toBe(honest.logins);
    },
  );
});
