import type { AccountStatus } from "../core/model/login-event.js";

/** Every account status, as input may say it. */
export const accountStatuses = ["active", "disabled", "locked", "expired"] as const satisfies readonly AccountStatus[];
