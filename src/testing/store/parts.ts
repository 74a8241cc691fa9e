import type { LoginStore, StorePart } from "../../stores/store.js";

/** A name that no other test uses. */
export function freshName(): string {
  return crypto.randomUUID().slice(0, 13);
}

/** A part that is only read, but for what you say. Kept for a minute. */
export function part(key: string, change: Partial<StorePart> = {}): StorePart {
  return { key, owner: undefined, stamped: [], entries: "", keepFor: 60_000, ...change };
}

/** Appends to one journal and gives it as it stands then. */
export async function append(
  store: LoginStore,
  key: string,
  entries: string,
  change: Partial<StorePart> = {},
): Promise<string | undefined> {
  const [answer] = await store.exchange([part(key, { entries, ...change })]);
  return answer?.journal;
}

/** One journal as it stands. */
export async function read(store: LoginStore, key: string): Promise<string | undefined> {
  const [answer] = await store.exchange([part(key)]);
  return answer?.journal;
}
