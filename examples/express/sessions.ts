import { randomBytes } from "node:crypto";

/** The cookie that holds a session's id. */
export const sessionCookie = "session";

/** Who is signed in, by a random id that only their cookie holds. */
export interface Sessions {
  /** Opens a session, always a new one, and gives its id. */
  open(account: string): string;
  accountOf(id: string | undefined): string | undefined;
  close(id: string | undefined): void;
}

/** Sessions in memory: gone with the process and not shared with others. Yours are wherever your sessions are. */
export function createSessions({ forSeconds = 8 * 3600 } = {}): Sessions {
  const sessions = new Map<string, { readonly account: string; readonly endsAt: number }>();
  return {
    open(account) {
      const now = Date.now();
      for (const [id, { endsAt }] of sessions) if (endsAt <= now) sessions.delete(id);
      const id = randomBytes(32).toString("base64url");
      sessions.set(id, { account, endsAt: now + forSeconds * 1000 });
      return id;
    },
    accountOf(id) {
      const session = id === undefined ? undefined : sessions.get(id);
      return session !== undefined && session.endsAt > Date.now() ? session.account : undefined;
    },
    close(id) {
      if (id !== undefined) sessions.delete(id);
    },
  };
}
