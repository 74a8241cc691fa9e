import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { removeKeys } from "../support/remove-keys.js";
import { noRedis, redisUrl } from "../support/services.js";
import { type Cast, castOf, wordsWith } from "./cast.js";
import { type AttackFigures, attackFigures } from "./figures.js";
import { gatherCrowd, type Person } from "./honest-people.js";
import { type HydraTask, hydraVersion, runHydra } from "./hydra.js";
import { openPlainStatusFront } from "./plain-status-front.js";
import { reportText } from "./report-text.js";
import { startTarget, type Target } from "./target.js";
import { type AttackReport, problemsOf } from "./verdict.js";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false }, store: { type: "string" } } });
const hydra = hydraVersion();
if (hydra === undefined) {
  process.stderr.write("skipped: there is no hydra here. Get it with `apt-get install hydra`, or `brew install hydra`.\n");
  process.exit(2);
}
const store = values.store ?? (noRedis === undefined ? "redis" : "memory");
if (store !== "redis" && store !== "memory") {
  process.stderr.write("usage: npm run attack -- [--json] [--store memory|redis]\n");
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), "portcullis-attack-"));
try {
  const report = await attack(hydra, store, folder);
  const problems = problemsOf(report);
  process.stdout.write(values.json ? `${JSON.stringify({ ...report, problems }, undefined, 2)}\n` : reportText(report, problems));
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The whole play: the control, then guessing at one account, then a spray over fifty, while honest people sign in. */
async function attack(version: string, where: "redis" | "memory", folder: string): Promise<AttackReport> {
  const cast = castOf();
  const list = async (name: string, lines: readonly string[]): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, `${lines.join("\n")}\n`);
    return file;
  };
  const accounts = await list("accounts.json", [JSON.stringify(cast.members)]);
  const environment = { ACCOUNTS_FILE: accounts };

  const watching = await startTarget({ ...environment, GUARD_MODE: "shadow" });
  const easy = await list("control.txt", wordsWith(cast.victim.password, 25, 30));
  const control = await strike(watching, {
    folder,
    name: "control: the guard in shadow",
    lists: ["-l", cast.victim.id, "-P", easy],
    seconds: 40,
  });
  await watching.stop();

  const prefix = `attack-${randomUUID()}:`;
  const shared = where === "redis" ? { REDIS_URL: redisUrl, REDIS_PREFIX: prefix } : {};
  const target = await startTarget({ ...environment, ...shared });
  try {
    const crowd = await gatherCrowd(target.port, peopleOf(cast));
    const beforehand = countSessions(target);
    const words = await list("words.txt", cast.words);
    const bruteForce = await crowd.during(
      strike(target, { folder, name: "brute force on one account", lists: ["-l", cast.victim.id, "-P", words], seconds: 60 }),
    );
    const staff = await list(
      "staff.txt",
      cast.staff.map(({ id }) => id),
    );
    const common = await list("common.txt", cast.common);
    const spray = await crowd.during(
      strike(target, { folder, name: "spray over fifty accounts", lists: ["-u", "-L", staff, "-P", common], seconds: 60 }),
    );
    return {
      hydra: version,
      store: target.store,
      control,
      bruteForce,
      spray,
      honest: crowd.fared,
      sessions: countSessions(target) - beforehand,
    };
  } finally {
    await target.stop();
    if (where === "redis") await removeKeys(prefix);
  }
}

/** One run of hydra, with the part of the server's log that it left. */
async function strike(target: Target, task: Omit<HydraTask, "port">): Promise<AttackFigures> {
  const from = target.log.length;
  const front = await openPlainStatusFront(target.port);
  try {
    const run = await runHydra({ ...task, port: front.port });
    return attackFigures(task.name, target.log.slice(from), run);
  } finally {
    await front.stop();
  }
}

function countSessions({ log }: Target): number {
  return log.filter(({ what }) => what === "session").length;
}

/** Hydra comes from 127.0.0.1. */
function peopleOf({ members, victim, staff }: Cast): readonly Person[] {
  const named = (id: string) => members.find((member) => member.id === id)!;
  return [
    { who: "the victim, own device, the attacker's address", member: victim, from: "127.0.0.1", familiar: true, mustGetIn: true },
    { who: "the victim, own device, another address", member: victim, from: "127.0.0.2", familiar: true, mustGetIn: true },
    { who: "somebody else, own device, the attacker's address", member: named("olga"), from: "127.0.0.1", familiar: true, mustGetIn: true },
    { who: "somebody else, new device, another address", member: named("otto"), from: "127.0.0.3", familiar: false, mustGetIn: true },
    {
      who: "one of the sprayed, own device, the attacker's address",
      member: staff[6]!,
      from: "127.0.0.1",
      familiar: true,
      mustGetIn: true,
    },
    { who: "one of the sprayed, new device, another address", member: staff[8]!, from: "127.0.0.4", familiar: false, mustGetIn: true },
    {
      who: "somebody else, new device, the attacker's address",
      member: named("greta"),
      from: "127.0.0.1",
      familiar: false,
      mustGetIn: false,
    },
  ];
}
