import type { Detection } from "../../src/core/model/detection.js";
import type { DecisionRecord, Fault, GuardHooks, LockChange, OwnerNotice } from "../../src/guard/hooks.js";

/** What a guard told, in order. */
export interface Listener {
  readonly hooks: GuardHooks;
  readonly decisions: DecisionRecord[];
  readonly detections: Detection[];
  readonly locks: LockChange[];
  readonly notices: OwnerNotice[];
  readonly faults: Fault[];
}

/** Hooks that write down what they are told. */
export function listener(): Listener {
  const [decisions, detections, locks, notices, faults]: [DecisionRecord[], Detection[], LockChange[], OwnerNotice[], Fault[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  return {
    decisions,
    detections,
    locks,
    notices,
    faults,
    hooks: {
      onDecision: (record) => decisions.push(record),
      onDetection: (detection) => detections.push(detection),
      onLock: (change) => locks.push(change),
      onOwnerNotice: (notice) => notices.push(notice),
      onFault: (fault) => faults.push(fault),
    },
  };
}
