import type { Decision, Degradation } from "../model/decision.js";
import type { LoginEvent } from "../model/login-event.js";
import { isAhead } from "../state/clock.js";
import type { StateVersion } from "../state/login-state.js";
import type { Table } from "../state/table.js";
import { bind } from "./binding.js";
import { judge } from "./judge.js";
import { oneLine } from "./one-line.js";
import type { CompiledPolicy } from "./policy.js";
import { identifyEvent, touchGroups } from "./touch.js";

/** Judges an event against what a state remembers; `table` is that state's table. */
export function judgeEvent(compiled: CompiledPolicy, version: StateVersion, table: Table | undefined, event: LoginEvent): Decision {
  const { plan } = compiled;
  const ahead = isAhead(version.clock, event);
  if (version.room.groups === 0 && !ahead) return judge(compiled, { event, touch: undefined, binding: undefined, degraded: [] });
  const { identity, aliasError } = identifyEvent(event, compiled.alias);
  const binding = bind(plan, version.layout);
  const touch = touchGroups(plan, binding, table, event, identity);
  const degraded: Degradation[] = [];
  if (ahead) degraded.push({ kind: "clock-ahead", did: "ABSTAIN" });
  if (aliasError !== undefined) degraded.push({ kind: "alias-error", detail: oneLine(aliasError), did: "ABSTAIN" });
  const { starved, groups, maxGroups } = version.room;
  if (starved && groups >= maxGroups && touch.keys.some((key, i) => key !== undefined && touch.records[i] === undefined)) {
    degraded.push({ kind: "memory-full", did: compiled.onFailure });
  }
  return judge(compiled, { event, touch, binding, degraded });
}
