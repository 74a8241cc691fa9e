import { expect } from "vitest";
import { bruteForce } from "../../core/detectors/brute-force.js";
import { definePolicy } from "../../core/engine/policy.js";
import { failedAttempts } from "../../core/rules/failed-attempts.js";
import { createGuard, type Guard } from "../../guard/create-guard.js";
import type { GuardOptions } from "../../guard/guard-options.js";
import type { Handle } from "../../guard/handle.js";
import type { CredentialResult } from "../../guard/result.js";
import type { LoginStore } from "../../stores/store.js";
import type { Laws } from "./laws.js";
import { freshName } from "./parts.js";

const limit = 10;
const policy = definePolicy({
  id: "ten",
  rules: [failedAttempts({ flagAt: limit, blockAt: limit, challengeAccountAt: 1_000 })],
  // from the fifth failure on each conclusion finds the pattern: who raises it is for the journal to say
  detectors: [bruteForce({ limit: 5 })],
});

const wrong: CredentialResult = { ok: false, failure: "wrong-password" };
const attempt = { account: "ann", source: "192.0.2.1" };

/** What a guard promises on any store that is one. */
export function guardLaws(store: () => LoginStore): Laws {
  /** Guards that share the store and nothing else, as in processes of their own. */
  const guards = (number: number, options: GuardOptions = {}): { readonly begin: Guard["begin"] } => {
    const tenant = freshName();
    const all = Array.from({ length: number }, () => createGuard({ policy, store: store(), deadline: { seconds: 30 }, ...options }));
    let next = 0;
    return { begin: (asked) => all[next++ % number]!.begin({ ...asked, tenant }) };
  };
  const sound = (handle: Handle): string => {
    expect(handle.decision.degraded).toEqual([]);
    return handle.decision.action;
  };

  return {
    "a hundred parallel begins over four guards admit exactly the limit": async () => {
      const { begin } = guards(4);
      const handles = await Promise.all(Array.from({ length: 100 }, () => begin(attempt)));
      expect(handles.map(sound).filter((action) => action !== "BLOCK")).toHaveLength(limit);
      await Promise.all(handles.map((handle) => handle.conclude(wrong)));
      expect(sound(await begin(attempt))).toBe("BLOCK");
    },

    "those that are blocked do not count: once the limit's own failures are taken back, all of it is there again": async () => {
      const { begin } = guards(2);
      const handles = await Promise.all(Array.from({ length: 40 }, () => begin(attempt)));
      const open = handles.filter((handle) => sound(handle) !== "BLOCK");
      await Promise.all(open.map((handle) => handle.cancel()));
      const again = await Promise.all(Array.from({ length: 40 }, () => begin(attempt)));
      expect(again.map(sound).filter((action) => action !== "BLOCK")).toHaveLength(limit);
    },

    "a refund twice is once": async () => {
      const { begin } = guards(1);
      const handles = await Promise.all(Array.from({ length: limit }, () => begin(attempt)));
      const taken = handles[3]!;
      await Promise.all([taken.cancel(), taken.cancel(), taken.conclude({ ok: false, failure: "error" })]);
      await taken.cancel();
      const [first, second] = [await begin(attempt), await begin(attempt)];
      expect([sound(first), sound(second)]).toEqual(["ALLOW", "BLOCK"]);
    },

    "a success forgives what was before it, whichever is told first": async () => {
      for (const lateFailure of [false, true]) {
        const { begin } = guards(2);
        const failures = await Promise.all(Array.from({ length: limit - 1 }, () => begin(attempt)));
        const right = await begin(attempt);
        const fail = () => Promise.all(failures.toReversed().map((handle) => handle.conclude(wrong)));
        if (!lateFailure) await fail();
        expect((await right.conclude({ ok: true })).admitted).toBe(true);
        if (lateFailure) await fail();
        expect(sound(await begin(attempt))).toBe("ALLOW");
      }
    },

    "an attempt that is never concluded stays a failure": async () => {
      const { begin } = guards(2);
      for (let i = 0; i < limit; i++) await begin(attempt);
      expect(sound(await begin(attempt))).toBe("BLOCK");
    },

    "each lock and each detection is seen by exactly one of many": async () => {
      const locks: string[] = [];
      const detections: string[] = [];
      const { begin } = guards(4, {
        onLock: ({ change }) => locks.push(change),
        onDetection: ({ detector }) => detections.push(detector),
      });
      const handles = await Promise.all(Array.from({ length: limit }, () => begin(attempt)));
      await Promise.all(handles.map((handle) => handle.conclude(wrong)));
      expect({ locks, detections }).toEqual({ locks: ["locked"], detections: ["brute-force"] });
    },

    "pseudonyms change no decision": async () => {
      const { begin } = guards(2, { pseudonymise: { key: "a key for this test, of thirty-two bytes and more" } });
      const handles = await Promise.all(Array.from({ length: 40 }, () => begin(attempt)));
      expect(handles.map(sound).filter((action) => action !== "BLOCK")).toHaveLength(limit);
    },
  };
}
