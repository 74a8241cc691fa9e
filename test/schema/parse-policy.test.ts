import { describe, expect, it } from "vitest";
import { count } from "../../src/core/aggregates/count.js";
import { byAccount } from "../../src/core/aggregates/grouping.js";
import { attempted } from "../../src/core/aggregates/outcome-predicates.js";
import { defineDetector, nothing } from "../../src/core/detectors/detector.js";
import type { Policy } from "../../src/core/engine/policy.js";
import { defaultPolicy } from "../../src/core/policies/default.js";
import { disabledAccount } from "../../src/core/rules/disabled-account.js";
import { missingMfa } from "../../src/core/rules/missing-mfa.js";
import { abstain, defineRule, renamed } from "../../src/core/rules/rule.js";
import { InputError } from "../../src/schema/input-error.js";
import type { KnownParts } from "../../src/schema/known-parts.js";
import { parsePolicy, parsePolicyText } from "../../src/schema/parse-policy.js";

const issuesOf = (json: unknown, known?: KnownParts): readonly string[] => {
  try {
    parsePolicy(json, known);
    return [];
  } catch (error) {
    if (!(error instanceof InputError && error.code === "invalid-policy")) throw error;
    return error.issues.map(({ path, message }) => `${path}: ${message}`);
  }
};
const withRule = (rule: unknown) => ({ id: "mine", rules: [rule] });
const ids = (parts: readonly { readonly id: string }[]) => parts.map(({ id }) => id).sort();
const ruleOf = (policy: Policy, id: string) => policy.rules.find((rule) => rule.id === id)!;
const limitsOf = (policy: Policy, id: string) => ruleOf(policy, id).limits.map(({ at, action }) => `${action} at ${at}`);

const mine = defineRule({ id: "mine-alone", summary: "Mine.", phase: "before", reads: {}, evaluate: () => abstain, explain: () => "mine" });
const watch = defineDetector({
  id: "my-watch",
  technique: "T1110",
  severity: "low",
  summary: "Mine.",
  subject: byAccount,
  on: attempted,
  reads: { all: count({ where: attempted, by: byAccount, within: { hours: 1 }, limit: 3 }) },
  detect: () => nothing,
  explain: () => "mine",
});

describe("parsePolicy reads", () => {
  it("a policy of its own", () => {
    const policy = parsePolicy({
      $schema: "./policy.schema.json",
      id: "mine",
      version: "2",
      rules: [
        { rule: "disabled-account" },
        {
          rule: "failed-attempts",
          options: { blockAt: 5, within: { minutes: 10 } },
          mode: "shadow",
          onMissing: "FLAG",
          id: "failed-attempts-short",
        },
        { rule: "failed-attempts", options: { flagAt: 30, blockAt: 50, within: { days: 1 } } },
        { whileDetected: "password-spraying", action: "BLOCK" },
      ],
      detectors: [{ detector: "password-spraying", options: { limit: 8 } }],
      allow: [{ name: "office", sources: ["192.0.2.0/24"], overrules: ["failed-attempts", "failed-attempts-short"] }],
      onFailure: "BLOCK",
      withoutChallenge: "FLAG",
    });
    expect([policy.id, policy.version]).toEqual(["mine", "2"]);
    expect(ids(policy.rules)).toEqual(["disabled-account", "failed-attempts", "failed-attempts-short", "while-password-spraying"]);
    expect(policy.modes).toEqual({ "failed-attempts-short": "shadow" });
    expect(limitsOf(policy, "failed-attempts-short")).toContain("BLOCK at 5");
    expect(limitsOf(policy, "failed-attempts")).toContain("BLOCK at 50");
    expect(limitsOf(policy, "while-password-spraying")).toEqual(["BLOCK at 8", "BLOCK at 32"]);
    expect(policy.compiled.onFailure).toBe("BLOCK");
    expect(policy.compiled.withoutChallenge).toBe("FLAG");
    expect(policy.compiled.onMissing[policy.compiled.plan.rules.findIndex(({ rule }) => rule.id === "failed-attempts-short")]).toBe("FLAG");
    expect(policy.compiled.allow[0]!.sources!.has("192.0.2.77")).toBe(true);
  });

  it("every kind of option", () => {
    const policy = parsePolicy({
      id: "mine",
      rules: [
        { rule: "restricted-country", options: { allow: ["no", "SE"], unknown: "CHALLENGE" } },
        {
          rule: "malicious-ip",
          options: {
            lists: [
              { name: "abuse", addresses: ["192.0.2.0/24", "2001:db8::/32", "::ffff:198.51.100.7"], updatedAt: "2026-03-30T15:54:19Z" },
              { name: "tor", addresses: [], updatedAt: 1_774_886_059_000 },
            ],
            action: "FLAG",
          },
        },
        { rule: "missing-mfa", options: { privilegedAction: "BLOCK" } },
        { rule: "service-account", options: { action: "FLAG" } },
        { rule: "disabled-account", options: {} },
      ],
    });
    expect(policy.rules.every(({ configured }) => configured)).toBe(true);
  });

  it("rules and detectors of one's own, by their ids", () => {
    const known = { rules: [mine], detectors: [watch] };
    const json = {
      id: "mine",
      rules: [
        { rule: "mine-alone", mode: "shadow" },
        { rule: "mine-alone", id: "mine-again" },
        { whileDetected: "my-watch", action: "CHALLENGE" },
      ],
      detectors: [{ detector: "my-watch" }],
    };
    expect(ids(parsePolicy(json, known).rules)).toEqual(["mine-again", "mine-alone", "while-my-watch"]);
    expect(parsePolicy(json, known).detectors).toEqual([watch]);
    expect(ids(parsePolicy({ id: "none", rules: [] }, known).rules)).toEqual([]);
  });

  it("text", () => {
    expect(parsePolicyText('{ "id": "mine", "rules": [] }').id).toBe("mine");
    expect(() => parsePolicyText('{ "id": "mine",\n  "rules": [],\n}')).toThrow(
      "invalid json: line 3, column 1: expected a key in double quotes",
    );
  });

  it("the same defaults as code", () => {
    const plain = parsePolicy({ id: "mine", rules: [] });
    expect(plain.version).toBe("1");
    expect(plain.compiled.onFailure).toBe("CHALLENGE");
    expect(plain.compiled.withoutChallenge).toBeUndefined();
  });
});

describe("parsePolicy extends the default policy", () => {
  const extended = (more: object = {}) => parsePolicy({ id: "mine", extends: "default", ...more });

  it("with nothing: the same rules and detectors under another name", () => {
    expect(ids(extended().rules)).toEqual(ids(defaultPolicy.rules));
    expect(ids(extended().detectors)).toEqual(ids(defaultPolicy.detectors));
    for (const { id } of defaultPolicy.rules) expect(limitsOf(extended(), id)).toEqual(limitsOf(defaultPolicy, id));
  });

  it("with a rule of the same id, which replaces", () => {
    const policy = extended({ rules: [{ rule: "failed-attempts", options: { flagAt: 2, blockAt: 3 } }] });
    expect(ids(policy.rules)).toEqual(ids(defaultPolicy.rules));
    expect(limitsOf(policy, "failed-attempts")).toContain("BLOCK at 3");
  });

  it("with a rule of another id, which is added", () => {
    const policy = extended({ rules: [{ rule: "failed-attempts", id: "failed-attempts-slow", options: { blockAt: 50 } }] });
    expect(ids(policy.rules)).toEqual(ids([...defaultPolicy.rules, { id: "failed-attempts-slow" }]));
  });

  it("with a mode alone", () => {
    const rules = [
      { rule: "missing-mfa", mode: "off" },
      { rule: "malicious-ip", mode: "off" },
      { rule: "while-password-spraying", mode: "shadow" },
    ];
    expect(extended({ rules }).modes).toEqual({ "missing-mfa": "off", "malicious-ip": "off", "while-password-spraying": "shadow" });
  });

  it("with another limit of a detector, which its rules follow", () => {
    for (const [detector, rule] of [
      ["password-spraying", "while-password-spraying"],
      ["user-enumeration", "while-user-enumeration"],
    ] as const) {
      const policy = extended({ detectors: [{ detector, options: { limit: 8 } }] });
      expect(ids(policy.detectors)).toEqual(ids(defaultPolicy.detectors));
      expect(policy.detectors.find(({ id }) => id === detector)!.limits).toEqual([expect.objectContaining({ at: 8 })]);
      expect(limitsOf(policy, rule)[0]).toBe("BLOCK at 8");
    }
  });

  it("with a detector off, of which its rules still know", () => {
    const policy = extended({ detectors: [{ detector: "password-spraying", mode: "off" }] });
    expect(ids(policy.detectors)).not.toContain("password-spraying");
    expect(ids(policy.rules)).toContain("while-password-spraying");
  });

  it("with a detector of the default policy turned into a rule", () => {
    const policy = extended({ rules: [{ whileDetected: "brute-force", action: "CHALLENGE" }] });
    expect(limitsOf(policy, "while-brute-force")).toEqual(["CHALLENGE at 10", "CHALLENGE at 40"]);
  });

  it("with an allow-list for its rules", () => {
    const policy = extended({ allow: [{ name: "scanner", accounts: ["Scanner"], overrules: ["while-password-spraying"] }] });
    expect(policy.compiled.allow[0]!.accounts).toEqual(new Set(["scanner"]));
  });
});

describe("parsePolicy refuses", () => {
  const allRules =
    "disabled-account, failed-attempts, failed-proofs, malicious-ip, missing-mfa, restricted-country, service-account, while-password-spraying, while-user-enumeration";
  const entry = "expected a rule such as { rule: ..., options: {...} } or { whileDetected: ..., action: ... }";
  const country = "expected a deny list or an allow list, and `unknown`: { deny: [...], unknown: ... } or { allow: [...], unknown: ... }";

  it.each<[unknown, string]>([
    [undefined, ": expected an object, got nothing"],
    [null, ": expected an object, got null"],
    [[], ": expected an object, got a list"],
    ["default", ": expected an object, got a text"],
    [{}, "id: expected a text of 1 to 100 characters"],
    [{ id: "", rules: [] }, "id: expected a text of 1 to 100 characters"],
    [{ id: "x".repeat(101), rules: [] }, "id: expected a text of 1 to 100 characters"],
    [{ id: "mine", version: 2, rules: [] }, "version: expected a text of 1 to 100 characters"],
    [{ id: "mine" }, 'rules: expected a list of rules, or { "extends": "default" }'],
    [{ id: "mine", rules: {} }, "rules: expected a list, got an object"],
    [{ id: "mine", extends: "strict" }, "extends: expected default, got `strict`"],
    [{ id: "mine", rules: [], onFailure: "ALLOW" }, "onFailure: expected one of FLAG, CHALLENGE, BLOCK, ABSTAIN, got `ALLOW`"],
    [{ id: "mine", rules: [], withoutChallenge: "CHALLENGE" }, "withoutChallenge: expected one of FLAG, BLOCK, got `CHALLENGE`"],
    [
      { id: "mine", rules: [], rule: [] },
      "rule: unknown, expected one of $schema, id, version, extends, rules, detectors, allow, onFailure, withoutChallenge",
    ],
    [{ id: "mine", rules: [], onFailure: null }, "onFailure: expected one of FLAG, CHALLENGE, BLOCK, ABSTAIN, got null"],
  ])("%.60j", (json, issue) => expect(issuesOf(json)).toEqual([issue]));

  it.each<[unknown, string]>([
    [null, `rules[0]: ${entry}`],
    ["failed-attempts", `rules[0]: ${entry}`],
    [[], `rules[0]: ${entry}`],
    [{}, `rules[0]: ${entry}`],
    [{ mode: "off" }, `rules[0]: ${entry}`],
    [{ rul: "failed-attempts" }, `rules[0].rule: expected one of ${allRules}, got nothing`],
    [{ rule: "faild-attempts" }, `rules[0].rule: expected one of ${allRules}, got \`faild-attempts\``],
    [{ rule: "__proto__" }, `rules[0].rule: expected one of ${allRules}, got \`__proto__\``],
    [{ rule: "constructor" }, `rules[0].rule: expected one of ${allRules}, got \`constructor\``],
    [{ rule: 1 }, `rules[0].rule: expected one of ${allRules}, got a number`],
    [{ rule: "x\n".repeat(1_000_000) }, `rules[0].rule: expected one of ${allRules}, got \`${"x ".repeat(50)}...\``],
    [{ rule: "failed-attempts", mode: "on" }, "rules[0].mode: expected one of enforce, shadow, off, got `on`"],
    [{ rule: "failed-attempts", onMissing: "ALLOW" }, "rules[0].onMissing: expected one of FLAG, CHALLENGE, BLOCK, ABSTAIN, got `ALLOW`"],
    [{ rule: "failed-attempts", id: "Short One" }, "rules[0].id: expected an id in kebab-case such as `failed-attempts-short`"],
    [{ rule: "failed-attempts", limit: 3 }, "rules[0].limit: unknown, expected one of rule, options, mode, onMissing, id"],
    [{ rule: "failed-attempts", options: [] }, "rules[0].options: expected an object, got a list"],
    [{ rule: "failed-attempts", options: { blockAt: -1 } }, "rules[0].options.blockAt: expected an integer from 1 to 10000"],
    [{ rule: "failed-attempts", options: { blockAt: 0 } }, "rules[0].options.blockAt: expected an integer from 1 to 10000"],
    [{ rule: "failed-attempts", options: { blockAt: 2.5 } }, "rules[0].options.blockAt: expected an integer from 1 to 10000"],
    [{ rule: "failed-attempts", options: { blockAt: 10_001 } }, "rules[0].options.blockAt: expected an integer from 1 to 10000"],
    [{ rule: "failed-attempts", options: { blockAt: "5" } }, "rules[0].options.blockAt: expected an integer from 1 to 10000"],
    [
      { rule: "failed-attempts", options: { blockat: 5 } },
      "rules[0].options.blockat: unknown, expected one of flagAt, blockAt, within, challengeAccountAt, accountWithin",
    ],
    [{ rule: "failed-attempts", options: { blockAt: 3 } }, "rules[0].options: expected flagAt <= blockAt, got 5 > 3"],
    [
      { rule: "failed-attempts", options: { within: 15 } },
      "rules[0].options.within: expected a duration such as { minutes: 15 }, got a number",
    ],
    [
      { rule: "failed-attempts", options: { within: {} } },
      "rules[0].options.within: expected a duration longer than zero, such as { minutes: 15 }",
    ],
    [
      { rule: "failed-attempts", options: { within: { hours: 0, minutes: 0 } } },
      "rules[0].options.within: expected a duration longer than zero, such as { minutes: 15 }",
    ],
    [{ rule: "failed-attempts", options: { within: { minutes: -1 } } }, "rules[0].options.within.minutes: expected a number >= 0"],
    [{ rule: "failed-attempts", options: { within: { weeks: 1e300 } } }, "rules[0].options.within.weeks: expected a number <= 1000000000"],
    [
      { rule: "failed-attempts", options: { within: { minutes: JSON.parse("1e999") } } },
      "rules[0].options.within.minutes: expected a number, got a number that is not finite",
    ],
    [
      { rule: "failed-attempts", options: { within: { months: 1 } } },
      "rules[0].options.within.months: unknown, expected one of weeks, days, hours, minutes, seconds",
    ],
    [{ rule: "disabled-account", options: { action: "FLAG" } }, "rules[0].options.action: unknown, expected nothing here"],
    [{ rule: "missing-mfa", options: { action: "block" } }, "rules[0].options.action: expected one of FLAG, CHALLENGE, BLOCK, got `block`"],
    [{ rule: "malicious-ip" }, "rules[0].options.lists: expected a list, got nothing"],
    [
      { rule: "malicious-ip", options: { lists: [{ name: "a", addresses: ["192.0.2.0/33"] }] } },
      "rules[0].options.lists[0].addresses[0]: expected an IPv4 or IPv6 address or CIDR block, got `192.0.2.0/33`",
    ],
    [
      { rule: "malicious-ip", options: { lists: [{ name: "a", addresses: [], updatedAt: "2026-03-30 15:54" }] } },
      "rules[0].options.lists[0].updatedAt: expected a zone at the end of the time, such as `Z` or `+02:00`",
    ],
    [
      { rule: "malicious-ip", options: { lists: [{ addresses: [] }] } },
      "rules[0].options.lists[0].name: expected a text of 1 to 100 characters",
    ],
    [{ rule: "restricted-country" }, `rules[0].options: ${country}`],
    [{ rule: "restricted-country", options: {} }, `rules[0].options: ${country}`],
    [{ rule: "restricted-country", options: { deny: ["KP"], allow: ["NO"], unknown: "FLAG" } }, `rules[0].options: ${country}`],
    [
      { rule: "restricted-country", options: { deny: ["KP"] } },
      "rules[0].options.unknown: expected one of FLAG, CHALLENGE, BLOCK, ABSTAIN, got nothing",
    ],
    [
      { rule: "restricted-country", options: { deny: ["NO", "Norway"], unknown: "FLAG" } },
      "rules[0].options.deny[1]: expected an ISO 3166-1 alpha-2 code such as `NO`, got `Norway`",
    ],
    [
      { rule: "restricted-country", options: { deny: ["XX"], unknown: "FLAG" } },
      "rules[0].options: expected an ISO 3166-1 alpha-2 code such as `NO`, got `XX`",
    ],
    [
      { rule: "restricted-country", options: { allow: [], unknown: "FLAG" } },
      "rules[0].options.allow: expected at least one country: an empty allow list would block every login",
    ],
    [{ whileDetected: "password-spraying" }, "rules[0].action: expected one of FLAG, CHALLENGE, BLOCK, got nothing"],
    [
      { whileDetected: "password-spraying", action: "BLOCK" },
      "rules[0].whileDetected: expected a detector of this policy (it has none), got `password-spraying`",
    ],
    [
      { rule: "while-password-spraying", mode: "off" },
      'rules[0].rule: expected { "extends": "default" } to use its rule `while-password-spraying`',
    ],
    [
      { rule: "failed-attempts", whileDetected: "brute-force" },
      "rules[0].whileDetected: unknown, expected one of rule, options, mode, onMissing, id",
    ],
  ])("the rule %.80j", (rule, issue) => expect(issuesOf(withRule(rule))).toEqual([issue]));

  const detectors = "brute-force, password-spraying, success-after-failures, user-enumeration";
  it.each<[unknown, string]>([
    [{}, `detectors[0].detector: expected one of ${detectors}, got nothing`],
    [{ detector: "spraying" }, `detectors[0].detector: expected one of ${detectors}, got \`spraying\``],
    [{ detector: "brute-force", mode: "shadow" }, "detectors[0].mode: expected off, got `shadow`"],
    [{ detector: "brute-force", options: { limit: 0 } }, "detectors[0].options.limit: expected an integer from 1 to 10000"],
    [{ detector: "password-spraying", options: { limit: 2_501 } }, "detectors[0].options.limit: expected an integer from 1 to 2500"],
  ])("the detector %j", (detector, issue) => expect(issuesOf({ id: "mine", rules: [], detectors: [detector] })).toEqual([issue]));

  it.each<[unknown, string]>([
    [{ name: "all" }, "allow[0]: expected `sources`, `accounts` or both: without them it would match everybody"],
    [{ name: "", sources: [] }, "allow[0].name: expected a text of 1 to 100 characters"],
    [{ name: "a", sources: ["everywhere"] }, "allow[0].sources[0]: expected an IPv4 or IPv6 address or CIDR block, got `everywhere`"],
    [{ name: "a", accounts: [" "] }, "allow[0].accounts[0]: expected an account id of 1 to 512 characters"],
    [{ name: "a", accounts: ["x".repeat(1_000_000)] }, "allow[0].accounts[0]: expected an account id of 1 to 512 characters"],
    [
      { name: "a", accounts: ["ann"], overrules: ["no-such"] },
      "allow[0]: allow-list entry `a` overrules `no-such`, which is no rule of this policy",
    ],
    [
      { name: "a", accounts: ["ann"], overrules: ["missing-mfa"] },
      "allow[0]: allow-list entry `a`: rule `missing-mfa` cannot be overruled",
    ],
  ])("the allow-list entry %.60j", (entry, issue) => {
    expect(issuesOf({ id: "mine", extends: "default", allow: [entry] })).toEqual([issue]);
  });

  it("two rules or detectors of one id", () => {
    expect(issuesOf({ id: "mine", rules: [{ rule: "missing-mfa" }, { rule: "missing-mfa", mode: "off" }] })).toEqual([
      "rules[1]: two rules are called `missing-mfa`, expected another `id` for one of them",
    ]);
    expect(issuesOf({ id: "mine", rules: [], detectors: [{ detector: "brute-force" }, { detector: "brute-force" }] })).toEqual([
      "detectors[1].detector: two detectors are called `brute-force`, expected one",
    ]);
  });

  it("a detector that is off, as one to make a rule of", () => {
    const json = {
      id: "mine",
      rules: [{ whileDetected: "brute-force", action: "FLAG" }],
      detectors: [{ detector: "brute-force", mode: "off" }, { detector: "user-enumeration" }],
    };
    expect(issuesOf(json)).toEqual([
      "rules[0].whileDetected: expected a detector of this policy (one of user-enumeration), got `brute-force`",
    ]);
  });

  it("options for a rule of one's own", () => {
    expect(issuesOf({ id: "mine", rules: [{ rule: "mine-alone", options: {} }] }, { rules: [mine] })).toEqual([
      "rules[0].options: unknown, expected one of rule, mode, onMissing, id",
    ]);
  });

  it("one aggregate name with two meanings", () => {
    const other = { ...byAccount, key: () => "one for all" };
    const twin = defineDetector({
      id: "twin",
      technique: "T1110",
      severity: "low",
      summary: "Twin.",
      subject: other,
      on: attempted,
      reads: { all: count({ where: attempted, by: other, within: { hours: 1 }, limit: 3 }) },
      detect: () => nothing,
      explain: () => "twin",
    });
    const issues = issuesOf(
      { id: "mine", rules: [], detectors: [{ detector: "my-watch" }, { detector: "twin" }] },
      { detectors: [watch, twin] },
    );
    expect(issues).toEqual([expect.stringMatching(/^: .*`account`/)]);
  });

  it("all that is wrong at once", () => {
    expect(issuesOf({ id: "", rules: [{ rule: "x" }, { rule: "failed-attempts", options: { blockAt: 0, flagAt: 0 } }] })).toHaveLength(4);
    expect(issuesOf({ id: "mine", rules: [{ rule: "malicious-ip" }, { rule: "failed-attempts", options: { blockAt: 1 } }] })).toHaveLength(
      2,
    );
  });

  it("__proto__ as a key like any unknown one", () => {
    expect(issuesOf(JSON.parse('{ "id": "mine", "rules": [], "__proto__": {} }'))).toEqual([expect.stringMatching(/^__proto__: unknown/)]);
  });
});

describe("parsePolicy refuses as misuse", () => {
  it.each<[string, KnownParts]>([
    ["two rules of one id", { rules: [mine, mine] }],
    ["a rule with an id of the library", { rules: [disabledAccount()] }],
    ["a detector with an id of the library", { detectors: [{ ...watch, id: "brute-force" }] }],
  ])("%s", (_, known) => expect(() => parsePolicy({ id: "mine", rules: [] }, known)).toThrow(RangeError));

  it("but not a renamed rule of the library", () => {
    const known = { rules: [renamed(missingMfa({ action: "BLOCK" }), "missing-mfa-hard")] };
    expect(ids(parsePolicy({ id: "mine", rules: [{ rule: "missing-mfa-hard" }] }, known).rules)).toEqual(["missing-mfa-hard"]);
  });
});

describe("a detector of moments", () => {
  it("is refused as a rule with its path", () => {
    const json = { id: "mine", extends: "default", rules: [{ whileDetected: "success-after-failures", action: "BLOCK" }] };
    expect(() => parsePolicy(json)).toThrow(InputError);
    expect(() => parsePolicy(json)).toThrow("invalid policy: rules[0].whileDetected: ");
  });
});
