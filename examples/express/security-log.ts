import { explain, explainDetection, type Policy } from "portcullis";
import type { GuardHooks } from "portcullis/guard";

/** Writes one line. */
export type WriteLine = (line: string) => void;

/** Notes something that happened. */
export type Note = (what: string, facts: { readonly [name: string]: unknown }) => void;

/** A log of JSON lines. What an account is called stands in them escaped; passwords, codes, cookies and tokens do not stand in them at all. */
export function jsonLog(write: WriteLine): Note {
  return (what, facts) => write(JSON.stringify({ time: new Date().toISOString(), what, ...facts }));
}

/** Hooks that note every decision, attack, lock and word to an owner. */
export function loggingHooks(note: Note, policy: Policy): GuardHooks {
  return {
    onDecision({ phase, event, decision }) {
      const { id, account, source, client, outcome, failure } = event;
      const told = { attempt: id, phase, account: account.id, source: source.ip, agent: client?.userAgent, outcome, failure };
      note("decision", { ...told, action: decision.action, why: explain(decision, policy) });
    },
    onDetection: (detection) => {
      const { detector, severity, technique, subject, eventId } = detection;
      note("detection", { detector, severity, technique, subject, attempt: eventId, why: explainDetection(detection, policy) });
    },
    onLock(lock) {
      const { change, event } = lock;
      const more =
        lock.change === "locked"
          ? { rules: lock.rules, until: lock.until === undefined ? undefined : new Date(lock.until).toISOString() }
          : { reason: lock.reason, actor: lock.actor };
      note("lock", { change, account: event.account.id, source: event.source.ip, ...more });
    },
    // here a mail to the owner would go out: somebody knows the password
    onOwnerNotice: ({ account, why, event }) => note("owner-notice", { account, why, attempt: event.id, source: event.source.ip }),
    onFault: ({ where, error }) =>
      note("fault", { where, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }),
  };
}
