import { canonicalAccount } from "portcullis";
import type { GuardHooks, OwnerNotice } from "portcullis/guard";

/** What your application has already. */
export interface Post {
  /** The mail address on record for an account as it was typed; `undefined` where there is none. */
  readonly addressOf: (account: string, tenant: string | undefined) => Promise<string | undefined>;
  readonly sendMail: (to: string, subject: string, text: string) => Promise<void>;
  /** What the site is called: a name that owners know, no address to follow. */
  readonly site: string;
}

/** At most one mail a day for an account, however often its password is tried. */
const quiet = 24 * 3_600_000;
/** How long whoever is asked for a further proof has time to bring it before the owner hears of it. */
const grace = 10 * 60_000;

/** Hooks that tell owners when somebody gave their right password and was not let in. Both memories are of this process: several need a shared one. */
export function ownerMails(post: Post): Required<Pick<GuardHooks, "onOwnerNotice" | "onDecision">> {
  const mailedAt = new Map<string, number>();
  const asked = new Map<string, () => void>();

  /** Whether the login is proven before the time is over. */
  const isProven = async (id: string): Promise<boolean> => {
    const proven = await new Promise<boolean>((resolve) => {
      // a mail that is not written yet keeps no process from ending
      const timer = setTimeout(() => resolve(false), grace).unref();
      asked.set(id, () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
    asked.delete(id);
    return proven;
  };

  const tell = async (notice: OwnerNotice): Promise<void> => {
    const { account, tenant } = notice;
    const now = Date.now();
    for (const [known, at] of mailedAt) if (at <= now - quiet) mailedAt.delete(known);
    // ` Ann` and `ann` are one owner, and parallel logins one mail: noted before anything is awaited
    const owner = JSON.stringify([tenant, canonicalAccount(account)]);
    if (mailedAt.has(owner)) return;
    mailedAt.set(owner, now);
    try {
      const to = await post.addressOf(account, tenant);
      if (to !== undefined) await post.sendMail(to, `A sign-in to ${post.site} was stopped`, letter(notice, post.site));
    } catch (error) {
      // not sent: the next one may. The guard hands what is thrown here to `onFault`
      mailedAt.delete(owner);
      throw error;
    }
  };

  return {
    async onOwnerNotice(notice) {
      const { why, event } = notice;
      if (why === "challenged" && (asked.has(event.id) || (await isProven(event.id)))) return;
      await tell(notice);
    },
    onDecision({ event }) {
      if (event.outcome === "success") asked.get(event.id)?.();
    },
  };
}

/** Nothing in it was written by whoever signed in: no name as typed, no browser as it calls itself. */
function letter({ why, event }: OwnerNotice, site: string): string {
  const when = new Date(event.at).toUTCString();
  const country = /^[A-Z]{2}$/.test(event.source.country ?? "")
    ? `, from a network in ${countries.of(event.source.country as string)}`
    : "";
  const what = why === "blocked" ? "was not let in" : "did not pass the further step that was asked for";
  return `On ${when}${country}, somebody gave the right password for your account at ${site} and ${what}.

If it was you, there is nothing to do. Try again later, or on a device that you have used before.

If it was not you, somebody knows your password. Open ${site} the way you always do, change the password there, and change it
wherever else you use it.

This mail has no link, and nobody of ${site} will ever ask you for a password or a code.
`;
}

const countries = new Intl.DisplayNames(["en"], { type: "region" });
