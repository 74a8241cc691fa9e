import type { Decision, Degradation } from "../model/decision.js";
import type { LoginEvent } from "../model/login-event.js";
import { isAhead } from "../state/clock.js";
import type { StateVersion } from "../state/login-state.js";
import { tableOf } from "../state/table.js";
import { bind } from "./binding.js";
import { judge } from "./judge.js";
import { oneLine } from "./one-line.js";
import type { CompiledPolicy } from "./policy.js";
import { type Touch, touchGroups } from "./touch.js";

/** Finds an event's groups in a state; not where nothing is remembered, nobody is allow-listed and no alias is to be asked: then no key is needed. */
export function touchIfNeeded(compiled: CompiledPolicy, version: StateVersion, event: LoginEvent): Touch | undefined {
  const { allow, alias } = compiled;
  return version.room.groups === 0 && allow.length === 0 && alias === undefined ? undefined : touchState(compiled, version, event);
}

/** Finds an event's groups in a state. */
export function touchState({ plan, alias }: CompiledPolicy, version: StateVersion, event: LoginEvent): Touch {
  return touchGroups(plan, bind(plan, version.layout), tableOf(version.hold), event, alias);
}

/** Judges an event against what a state remembers, found by one of the two above. */
export function judgeEvent(compiled: CompiledPolicy, version: StateVersion, touch: Touch | undefined, event: LoginEvent): Decision {
  return judge(compiled, { event, touch, degraded: stateDegradations(compiled, version, touch, event) });
}

const nothingDegraded: readonly Degradation[] = [];

/** What the state itself cannot do for this event. */
function stateDegradations(
  compiled: CompiledPolicy,
  version: StateVersion,
  touch: Touch | undefined,
  event: LoginEvent,
): readonly Degradation[] {
  const { starved, groups, maxGroups } = version.room;
  const ahead = isAhead(version.clock, event);
  if (!ahead && !starved && touch?.aliasError === undefined) return nothingDegraded;
  const degraded: Degradation[] = [];
  if (ahead) degraded.push({ kind: "clock-ahead", did: "ABSTAIN" });
  if (touch?.aliasError !== undefined) degraded.push({ kind: "alias-error", detail: oneLine(touch.aliasError), did: "ABSTAIN" });
  if (starved && groups >= maxGroups && touch?.keys.some((key, i) => key !== undefined && touch.records[i] === undefined)) {
    degraded.push({ kind: "memory-full", did: compiled.onFailure });
  }
  return degraded;
}
