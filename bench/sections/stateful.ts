import { isDeepStrictEqual } from "node:util";
import type { Decision, LoginEvent } from "../../src/index.js";
import { assembledPeer, evaluateAndCount } from "../candidates/assembled-peer.js";
import { advanceEach, advanceEachInPlace, evaluateAndTrack, evaluateAndTrackInPlace, type Replay } from "../candidates/own-state.js";
import { sixRulesPolicy } from "../candidates/six-rules-policy.js";
import { parseLines } from "../input/decision-events.js";
import { loginStreamLines } from "../input/login-stream.js";
import { type Candidate, timeAlternating } from "../measure/rounds.js";
import { showProgress } from "../report/progress.js";
import type { Report } from "../report/report.js";
import { timesLonger, timingTable } from "../report/timing-table.js";

const inPlace = "evaluateLogin + track, in place";
const pure = "evaluateLogin + track, pure";
const advanceInPlace = "advance, in place";
const advancePure = "advance, pure";
const peer = "json-rules-engine + rate-limiter-flexible";

const replays: readonly (readonly [name: string, replay: Replay])[] = [
  [inPlace, evaluateAndTrackInPlace],
  [pure, evaluateAndTrack],
  [advanceInPlace, advanceEachInPlace],
  [advancePure, advanceEach],
];

const rounds = 5;
const peerEvents = 3_000;

/** Deciding with state: the pure API against the in-place version of itself and against what one would assemble. */
export async function benchStateful(): Promise<Report> {
  const events = parseLines(loginStreamLines({ events: 200_000, accounts: 50_000, addresses: 20_000, seed: 3 }));
  const decisions = decideAllAlike(events);
  const agreed = await countAgreed(events.slice(0, peerEvents), decisions);
  const candidates: Candidate[] = [
    ...replays.map(([name, replay]) => ({ name, events: events.length, run: () => replay(events, sixRulesPolicy, keep) })),
    peerCandidate(events),
  ];
  const timings = await timeAlternating(candidates, {
    rounds,
    roundMs: 0,
    warmUps: 1,
    onRound: (round) => showProgress(`stateful: round ${round} of ${rounds}`),
  });
  const spoken = decisions.filter(({ action }) => action !== "ALLOW").length;
  return {
    section: "stateful",
    title: "six rules with windows, decided and remembered",
    sizes:
      "200,000 distinct events, 50,000 accounts, 20,000 addresses (Zipf 1.0), 30 % failures; " +
      `portcullis's four ways gave the same decisions on all of them, ${spoken.toLocaleString("en-US")} other than ALLOW`,
    tables: [timingTable("", candidates, timings, inPlace)],
    aims: [
      {
        what: "evaluateLogin + track, pure / in place",
        bound: "at most",
        wanted: 1.3,
        got: timesLonger(timings, pure, inPlace),
        unit: "ratio",
      },
      {
        what: "advance, pure / in place",
        bound: "at most",
        wanted: 1.3,
        got: timesLonger(timings, advancePure, advanceInPlace),
        unit: "ratio",
      },
      { what: `${peer} / ${pure}`, bound: "at least", wanted: 65, got: timesLonger(timings, peer, pure), unit: "ratio" },
    ],
    notes: [
      "in place: records are written over, lists of times and ids are still copied; the ratio is the price of keeping the past, not the distance to a loop written by hand",
      `${peer}: ${peerEvents} events a round, a fresh slice each; it counts per account and per address in fixed windows of the wall clock, ` +
        `so it cannot decide alike: ${((100 * agreed) / peerEvents).toFixed(1)} % of the first ${peerEvents} events have the same action`,
    ],
  };
}

let last: Decision | undefined;
const keep = (decision: Decision): void => {
  last = decision;
};

function peerCandidate(events: readonly LoginEvent[]): Candidate {
  const assembled = assembledPeer();
  let from = 0;
  let slice: readonly LoginEvent[] = [];
  return {
    name: peer,
    events: peerEvents,
    prepare() {
      slice = events.slice(from, from + peerEvents);
      from = (from + peerEvents) % (events.length - peerEvents);
    },
    async run() {
      for (const event of slice) await evaluateAndCount(assembled, event);
      return last;
    },
  };
}

/** The decisions on all events, once it is certain that every way through the engine makes the same. */
function decideAllAlike(events: readonly LoginEvent[]): readonly Decision[] {
  const expected: Decision[] = [];
  evaluateAndTrack(events, sixRulesPolicy, (decision) => expected.push(decision));
  for (const [name, replay] of replays) {
    let at = 0;
    replay(events, sixRulesPolicy, (decision) => {
      if (!isDeepStrictEqual(decision, expected[at])) {
        throw new Error(`${name} decides ${events[at]!.id} otherwise: ${JSON.stringify(decision)} for ${JSON.stringify(expected[at])}`);
      }
      at++;
    });
  }
  return expected;
}

async function countAgreed(events: readonly LoginEvent[], decisions: readonly Decision[]): Promise<number> {
  const assembled = assembledPeer();
  let agreed = 0;
  for (const [at, event] of events.entries()) {
    const { decision } = await evaluateAndCount(assembled, event);
    if (decision === decisions[at]!.action) agreed++;
  }
  return agreed;
}
