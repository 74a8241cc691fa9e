import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, openBrowser } from "../examples/browser.js";
import type { Member } from "./cast.js";

/** Someone who signs in, looks at the page and signs out, again and again. */
export interface Person {
  /** Who, on what, from where: for the report. */
  readonly who: string;
  readonly member: Member;
  /** One of loopback's addresses. */
  readonly from: string;
  /** Whether they signed in from this browser before the attack. */
  readonly familiar: boolean;
  /** Whether every one of their logins must succeed. */
  readonly mustGetIn: boolean;
}

/** How a person fared. Goes into the report, so their password is not in it. */
export interface Fared extends Pick<Person, "who" | "from" | "familiar" | "mustGetIn"> {
  attempts: number;
  successes: number;
}

/** Honest people at their browsers. */
export interface Crowd {
  /** Lets them all sign in over and over until the work is done, and a few times in any case. */
  during<T>(work: Promise<T>): Promise<T>;
  readonly fared: readonly Fared[];
}

const pause = 400;
const leastRounds = 5;

/** Opens a browser for each; those on familiar devices sign in once now. */
export async function gatherCrowd(port: number, people: readonly Person[]): Promise<Crowd> {
  const seated = people.map(({ member, ...person }) => {
    const fared: Fared = { ...person, attempts: 0, successes: 0 };
    return { member, fared, browser: openBrowser({ port, from: person.from, userAgent: "honest" }) };
  });
  for (const { member, fared, browser } of seated) {
    if (fared.familiar && !(await signInAndOut(browser, member))) throw new Error(`${fared.who} could not sign in before the attack`);
  }
  return {
    fared: seated.map(({ fared }) => fared),
    async during(work) {
      let isOver = false;
      const over = work.finally(() => {
        isOver = true;
      });
      const visits = seated.map(async ({ member, fared, browser }) => {
        for (let round = 0; round < leastRounds || !isOver; round++) {
          // whoever is on no device of theirs comes with an empty browser each time
          const at = fared.familiar ? browser : openBrowser({ port, from: fared.from, userAgent: "honest" });
          fared.attempts++;
          if (await signInAndOut(at, member)) fared.successes++;
          await sleep(pause);
        }
      });
      const [done] = await Promise.all([over, ...visits]);
      return done;
    },
  };
}

async function signInAndOut(browser: Browser, { id, password }: Member): Promise<boolean> {
  const { status } = await browser.post("/login", { account: id, password });
  if (status !== 303) return false;
  const isIn = (await browser.get("/")).body.includes(`<strong>${id}</strong>`);
  await browser.post("/logout", {});
  return isIn;
}
