import { isDeepStrictEqual } from "node:util";
import { createState, evaluateLogin, type LoginEvent } from "../../src/index.js";
import { addressBlocks, decideWithEvidence } from "../candidates/evidence-chain.js";
import { decideByIfChain } from "../candidates/if-chain.js";
import { decideByJsonRules, jsonRulesEngine } from "../candidates/json-rules.js";
import { sixRulesPolicy } from "../candidates/six-rules-policy.js";
import { decisionEventLines, parseLines } from "../input/decision-events.js";
import { type Candidate, timeAlternating } from "../measure/rounds.js";
import { spreadOf } from "../measure/statistics.js";
import { showProgress } from "../report/progress.js";
import type { Report } from "../report/report.js";
import { timesLonger, timingTable } from "../report/timing-table.js";

const chain = "if-chain, bare";
const evidence = "if-chain with evidence, Set";
const evidenceBlocks = "if-chain with evidence, CIDR set";
const own = "portcullis evaluateLogin";
const jsonRules = "json-rules-engine";

const warmCount = 1_000;
const freshCount = 100_000;
const state = createState();

/** The six-rule decision on an empty state: warm against the limit and a peer, then over events fresh from JSON. */
export async function benchDecide(): Promise<Report> {
  const events = parseLines(decisionEventLines(warmCount, 1));
  await assertSameDecisions(events);
  const engine = jsonRulesEngine();
  const warm: Candidate[] = [
    synchronous(chain, events, decideByIfChain),
    synchronous(evidence, events, (event) => decideWithEvidence(event)),
    synchronous(evidenceBlocks, events, (event) => decideWithEvidence(event, addressBlocks)),
    synchronous(own, events, (event) => evaluateLogin(event, state, sixRulesPolicy)),
    {
      name: jsonRules,
      events: events.length,
      async run() {
        let last: unknown;
        for (const event of events) last = await decideByJsonRules(engine, event, event.history!.failedAttempts!);
        return last;
      },
    },
  ];
  const timings = await timeAlternating(warm, {
    rounds: 9,
    roundMs: 150,
    warmUps: 2,
    onRound: (round) => showProgress(`decide: round ${round} of 9`),
  });

  const lines = decisionEventLines(freshCount, 2);
  const fresh = [
    fromJson(chain, lines, decideByIfChain),
    fromJson(evidence, lines, (event) => decideWithEvidence(event)),
    fromJson(own, lines, (event) => evaluateLogin(event, state, sixRulesPolicy)),
  ];
  const freshTimings = await timeAlternating(fresh, {
    rounds: 5,
    roundMs: 0,
    warmUps: 2,
    onRound: (round) => showProgress(`decide: first pass ${round} of 5`),
  });

  return {
    section: "decide",
    title: "six rules, empty state",
    sizes:
      "1,000 events (70 % clean), 6 denied countries, 64 malicious addresses; every candidate gave the same decisions and reasons on all of them",
    tables: [
      timingTable("Warm: the same 1,000 events again and again", warm, timings, chain, "decisions"),
      timingTable("First pass: 100,000 events fresh from JSON.parse, each decided once", fresh, freshTimings, chain, "decisions"),
    ],
    aims: [
      aim("evaluateLogin / if-chain with evidence, exact address text", timesLonger(timings, own, evidence)),
      aim("evaluateLogin / if-chain with evidence, same CIDR semantics", timesLonger(timings, own, evidenceBlocks)),
      {
        what: "json-rules-engine / evaluateLogin",
        bound: "at least",
        wanted: 1_000,
        got: timesLonger(timings, jsonRules, own),
        unit: "ratio",
      },
      { what: "evaluateLogin, first pass", bound: "at most", wanted: 400, got: spreadOf(freshTimings.get(own)!).median, unit: "ns" },
    ],
    notes: [
      "the if-chains are the limit for these six rules and nothing else: no options, no state, no isolation of a rule that throws",
      "json-rules-engine gives action and rule ids, not the facts behind them",
    ],
  };
}

function aim(what: string, got: number): Report["aims"][number] {
  return { what, bound: "at most", wanted: 1.5, got, unit: "ratio" };
}

type Decide = (event: LoginEvent) => unknown;

function synchronous(name: string, events: readonly LoginEvent[], decide: Decide): Candidate {
  return { name, events: events.length, run: () => decideAll(events, decide) };
}

/** Parses before each run, so that no string has been hashed and no object been touched. */
function fromJson(name: string, lines: readonly string[], decide: Decide): Candidate {
  let events: readonly LoginEvent[] = [];
  return {
    name,
    events: lines.length,
    prepare() {
      events = parseLines(lines);
    },
    run: () => decideAll(events, decide),
  };
}

function decideAll(events: readonly LoginEvent[], decide: Decide): unknown {
  let last: unknown;
  for (const event of events) last = decide(event);
  return last;
}

/** Every candidate decides every event as the reference does, for the same reasons; evidence is compared where there is any. */
async function assertSameDecisions(events: readonly LoginEvent[]): Promise<void> {
  const engine = jsonRulesEngine();
  for (const event of events) {
    const { action, verdicts, degraded } = evaluateLogin(event, state, sixRulesPolicy);
    const bare = { decision: action, reasons: verdicts.map(({ rule }) => rule) };
    same(event, own, degraded, []);
    same(event, evidence, decideWithEvidence(event), { action, verdicts });
    same(event, evidenceBlocks, decideWithEvidence(event, addressBlocks), { action, verdicts });
    same(event, chain, decideByIfChain(event), bare);
    same(event, jsonRules, await decideByJsonRules(engine, event, event.history!.failedAttempts!), bare);
  }
}

function same(event: LoginEvent, name: string, got: unknown, expected: unknown): void {
  if (isDeepStrictEqual(got, expected)) return;
  throw new Error(`${name} decides ${event.id} otherwise: ${JSON.stringify(got)} for ${JSON.stringify(expected)}`);
}
