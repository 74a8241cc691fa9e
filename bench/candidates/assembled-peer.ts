import type { Engine } from "json-rules-engine";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { LoginEvent } from "../../src/index.js";
import type { BareDecision } from "./if-chain.js";
import { decideByJsonRules, jsonRulesEngine } from "./json-rules.js";

/** What one would assemble from the shelf today: json-rules-engine for the rules, a rate limiter for each of account and address. */
export interface AssembledPeer {
  readonly engine: Engine;
  readonly perAccount: RateLimiterMemory;
  readonly perAddress: RateLimiterMemory;
}

/** A peer that has seen nothing. Points are out of reach: it is asked for counts, the rules hold the limits. */
export function assembledPeer(): AssembledPeer {
  const points = 1_000_000_000;
  return {
    engine: jsonRulesEngine(),
    perAccount: new RateLimiterMemory({ keyPrefix: "account", points, duration: 900 }),
    perAddress: new RateLimiterMemory({ keyPrefix: "address", points, duration: 900 }),
  };
}

/**
 * Reads both counters, decides, and counts a failure in both or forgives a success: the work of evaluate and track. Its windows are
 * fixed and of the wall clock, so its decisions about repeated failures cannot be ours.
 */
export async function evaluateAndCount(peer: AssembledPeer, event: LoginEvent): Promise<BareDecision> {
  const account = event.account.id;
  const address = event.source.ip!;
  const ofAccount = await peer.perAccount.get(account);
  const ofAddress = await peer.perAddress.get(address);
  const counted = Math.min(ofAccount?.consumedPoints ?? 0, ofAddress?.consumedPoints ?? 0);
  const decision = await decideByJsonRules(peer.engine, event, Math.max(counted, event.history?.failedAttempts ?? 0));
  if (event.outcome === "failure") {
    await peer.perAccount.consume(account);
    await peer.perAddress.consume(address);
  } else {
    await peer.perAccount.delete(account);
  }
  return decision;
}
