/**
 * The guard: two-phase protection round a credential check, in one process or in many.
 *
 * @packageDocumentation
 */

export { InputError } from "../schema/input-error.js";
export { type MemoryStoreOptions, memoryStore } from "../stores/memory-store.js";
export type { LoginStore, StoreAnswer, StoredJournal, StoreFold, StorePart } from "../stores/store.js";
export { StoreError, type StoreErrorCode } from "../stores/store-error.js";
export type { AccountFacts, Attempt } from "./attempt.js";
export { createGuard, type Guard } from "./create-guard.js";
export type { GuardOptions, StoreFailurePolicy } from "./guard-options.js";
export type { Conclusion, Handle, ProofHandle } from "./handle.js";
export type { DecisionRecord, Fault, GuardHooks, LockChange, OwnerNotice } from "./hooks.js";
export type { AccountName, ExportedGroup } from "./personal-data.js";
export type { CredentialResult, ProofResult } from "./result.js";
export type { LockedSubject, Unlocking } from "./unlock.js";
