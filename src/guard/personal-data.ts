import { know } from "../core/engine/touch.js";
import { readJournal } from "../core/journal/read-journal.js";
import { cellOf, type SnapshotCell } from "../core/state/snapshot.js";
import { StoreError } from "../stores/store-error.js";
import { type GuardContext, keptIdentity } from "./context.js";
import { ownerOf } from "./store-key.js";
import { withinDeadline } from "./within-deadline.js";

/** An account of a tenant. */
export interface AccountName {
  readonly account: string;
  readonly tenant?: string;
}

/** What is remembered of one group of an account. */
export interface ExportedGroup {
  /** The grouping: `account`, `account-and-source` ... */
  readonly by: string;
  /** Its key as it is kept; pseudonyms where the guard keeps such. */
  readonly key: string;
  /** Newest activity, epoch milliseconds. */
  readonly at: number;
  /** By the names of what is remembered, as in a snapshot. */
  readonly remembered: { readonly [name: string]: SnapshotCell };
}

/**
 * Removes all groups of an account: what is counted of it, of it with each source, and of it with each device. Its name inside groups of sources
 * leaves with their windows. Gives the number of groups removed. What this process counted by itself while the store was away goes too.
 *
 * @throws StoreError when the store did not.
 */
export async function forgetAccount(context: GuardContext, name: AccountName): Promise<number> {
  const owner = await ownerNamed(context, name);
  const groups = await asked(context, () => context.store.forget(owner));
  await context.local.forget(owner);
  context.memo.clear();
  return groups;
}

/**
 * All that is remembered under an account.
 *
 * @throws StoreError when the store did not answer, or what it answered is no journal.
 */
export async function exportOf(context: GuardContext, name: AccountName): Promise<readonly ExportedGroup[]> {
  const owner = await ownerNamed(context, name);
  const journals = await asked(context, () => context.store.journalsOf(owner));
  try {
    return journals.flatMap(({ key, journal }) => exportGroup(context, key, journal));
  } catch (cause) {
    throw new StoreError("nonsense", `what the \`${context.store.name}\` store holds is no journal`, { cause });
  }
}

function exportGroup({ forms }: GuardContext, key: string, journal: string): ExportedGroup[] {
  const [by = "", ...rest] = key.slice(key.indexOf("}") + 1).split(":");
  const form = forms.find(({ grouping }) => grouping === by);
  const record = form === undefined ? undefined : readJournal(journal, form, 0).after.record;
  if (form === undefined || record === undefined) return [];
  const remembered = form.slots.flatMap(({ name }, position) => {
    const cell = record.cells[position];
    return cell === undefined ? [] : [[name, cellOf(cell)] as const];
  });
  return [{ by, key: rest.join(":"), at: record.at, remembered: Object.fromEntries(remembered) }];
}

/** Under which name the store keeps an account's groups. */
async function ownerNamed(context: GuardContext, { account, tenant }: AccountName): Promise<string> {
  const event = {
    id: "-",
    at: 0,
    kind: "login",
    outcome: "pending",
    account: { id: account },
    source: {},
    ...(tenant === undefined ? {} : { tenant }),
  } as const;
  const { identity } = know(event, context.compiled.alias);
  const owner = ownerOf(await keptIdentity(context, identity));
  if (owner === undefined) throw new TypeError("expected an account id of 1 to 512 characters");
  return owner;
}

/** An operator has more patience than a login, and a store more to do. Milliseconds. */
const patience = 10_000;

async function asked<T>({ store }: GuardContext, call: () => Promise<T>): Promise<T> {
  try {
    return await withinDeadline(call(), patience);
  } catch (cause) {
    const code = cause instanceof StoreError ? cause.code : "unreachable";
    throw new StoreError(code, `the \`${store.name}\` store did not do it`, { cause });
  }
}
