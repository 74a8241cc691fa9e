import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Policy } from "../../src/core/engine/policy.js";
import type { LoginEvent } from "../../src/core/model/login-event.js";
import { defaultPolicy } from "../../src/core/policies/default.js";
import { parseEvent, parsePolicy } from "../../src/schema/public.js";
import type { RunEntry } from "../../src/testing/public.js";

const root = fileURLToPath(new URL("../../fixtures/scenarios", import.meta.url));

/** What `expected.json` says must come out. */
export interface Expected {
  /** Event id -> `ALLOW`, or action and deciding rules: `BLOCK by failed-attempts`. */
  readonly decisions: { readonly [id: string]: string };
  readonly detections: readonly ExpectedDetection[];
  /** Event id -> what could not be judged. */
  readonly notJudged?: { readonly [id: string]: readonly string[] };
  /** Event id -> which verdicts an allow-list entry overruled. */
  readonly overruled?: { readonly [id: string]: readonly string[] };
}

/** A detection: raised at one event, about somebody, since another event. */
export interface ExpectedDetection {
  readonly event: string;
  readonly detector: string;
  readonly about: { readonly account?: string; readonly source?: string };
  readonly since: string;
}

/** A folder of `fixtures/scenarios`, read. */
export interface Scenario {
  readonly readme: string;
  readonly events: readonly LoginEvent[];
  readonly policy: Policy;
  readonly expected: Expected;
}

/** The scenarios there are, by folder. */
export function scenarioNames(): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** Reads a scenario; throws when a part of it is missing or malformed. */
export function readScenario(name: string): Scenario {
  const text = (file: string): string => readFileSync(`${root}/${name}/${file}`, "utf8");
  const lines = text("events.jsonl").trimEnd().split("\n");
  return {
    readme: text("README.md"),
    events: lines.map((line) => parseEvent(JSON.parse(line), { unknownKeys: "refuse" })),
    policy: existsSync(`${root}/${name}/policy.json`) ? parsePolicy(JSON.parse(text("policy.json"))) : defaultPolicy,
    expected: JSON.parse(text("expected.json")) as Expected,
  };
}

/** What came out of a run, in the words of `expected.json`. */
export function outcomeOf(run: readonly RunEntry[]): Expected {
  const notJudged = run.map(({ event, decision }) => [event.id, decision.degraded.map(({ rule, detail }) => `${rule} without ${detail}`)]);
  const overruled = run.map(({ event, decision }) => [
    event.id,
    decision.overruled.map(({ rule, allowedBy }) => `${rule} by ${allowedBy}`),
  ]);
  return {
    decisions: Object.fromEntries(run.map(({ event, decision }) => [event.id, wordDecision(decision)])),
    detections: run.flatMap(({ event, detections }) =>
      detections.map(({ detector, subject: { by: _, ...about }, since }) => {
        const first = run.find(({ event: { at, source } }) => at === since && (about.source === undefined || source.ip === about.source));
        return { event: event.id, detector, about, since: first?.event.id ?? "no event" };
      }),
    ),
    ...whereAny("notJudged", notJudged),
    ...whereAny("overruled", overruled),
  };
}

function wordDecision({ action, verdicts }: RunEntry["decision"]): string {
  const deciding = verdicts.filter((verdict) => verdict.action === action).map(({ rule }) => rule);
  return action === "ALLOW" ? action : `${action} by ${deciding.join(", ")}`;
}

function whereAny(name: "notJudged" | "overruled", lists: readonly (readonly unknown[])[]): Partial<Expected> {
  const found = lists.filter(([, list]) => (list as readonly string[]).length > 0);
  return found.length === 0 ? {} : { [name]: Object.fromEntries(found as [string, string[]][]) };
}
