import type { Facts } from "./facts.js";

/** Whose behaviour a detection is about: the kind of group and its key parts in canonical form. */
export interface Subject {
  readonly by: string;
  readonly tenant?: string;
  readonly account?: string;
  readonly source?: string;
  readonly device?: string;
}

/** How sure and how bad: `low` is worth a note, `critical` wants someone now. */
export type Severity = "low" | "medium" | "high" | "critical";

/** A pattern that an event brought to light. Raised once when it begins to hold, not once per event. */
export interface Detection {
  readonly detector: string;
  /** MITRE ATT&CK technique id, such as `T1110.003`. */
  readonly technique: string;
  readonly severity: Severity;
  readonly subject: Subject;
  /** The event that brought it to light. */
  readonly eventId: string;
  readonly at: number;
  /** Time of the first event that belongs to it, as far back as what is remembered goes. */
  readonly since: number;
  readonly facts: Facts;
}
