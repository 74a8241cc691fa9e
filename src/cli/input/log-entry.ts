import type { LoginEvent } from "../../core/model/login-event.js";

/** What a log holds at one place: a login, something that is none, or something that cannot be read. */
export type LogEntry =
  | {
      readonly kind: "login";
      readonly event: LoginEvent;
      /** False for a row without a time, which is judged on an empty state. */
      readonly timed: boolean;
    }
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "malformed"; readonly line: number; readonly reason: string };
