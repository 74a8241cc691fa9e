import { randomBytes } from "node:crypto";
import type { Account } from "./accounts.js";

/** Links that show that whoever follows them reads the owner's mail: the proof that a CHALLENGE before the password asks for. */
export interface MailLinks {
  /** Sends the owner a link, unless one is under way. For an account that is not there it does nothing, and nobody can tell. */
  send(account: Account | undefined): void;
  /** Whether this came out of the owner's mail. */
  isFrom(account: Account | undefined, link: string | undefined): boolean;
}

/** Sends one mail. */
export type SendMail = (to: string, text: string) => void;

const goodFor = 15 * 60_000;

/** Links in memory, at most one an account at a time. */
export function createMailLinks(sendMail: SendMail, siteUrl: string): MailLinks {
  const links = new Map<string, { readonly account: string; readonly endsAt: number }>();
  return {
    send(account) {
      if (account === undefined) return;
      const now = Date.now();
      for (const [link, { endsAt }] of links) if (endsAt <= now) links.delete(link);
      // one mail a quarter of an hour, however often a stranger asks
      if ([...links.values()].some((under) => under.account === account.id)) return;
      const link = randomBytes(24).toString("base64url");
      links.set(link, { account: account.id, endsAt: now + goodFor });
      sendMail(account.mail, `Someone is signing in to ${account.id}. If it is you, go on here: ${siteUrl}/login?link=${link}`);
    },
    isFrom(account, link) {
      const known = link === undefined ? undefined : links.get(link);
      return known !== undefined && known.account === account?.id && known.endsAt > Date.now();
    },
  };
}
