import { randomBytes } from "node:crypto";

/** An account of the server under attack. */
export interface Member {
  readonly id: string;
  readonly mail: string;
  readonly password: string;
}

/** Everybody in the play, and the lists that hydra is given. */
export interface Cast {
  readonly members: readonly Member[];
  /** Whose password is guessed. */
  readonly victim: Member;
  readonly words: readonly string[];
  /** Over whom common passwords are sprayed. */
  readonly staff: readonly Member[];
  readonly common: readonly string[];
  /** The one of them whose password is a common one. */
  readonly careless: Member;
}

/** Where the right word stands in the list, from 1, and how long the list is. */
export const rightWordAt = 300;
const wordCount = 500;

/**
 * Which of the fifty has the very first password of the spray. Behind everything that may be in flight before the source is recognised: a spray
 * whose first few guesses are right gets in, and no policy that counts failures can know better.
 */
export const carelessAt = 45;
const staffCount = 50;

/** Makes the cast. Passwords are made up anew each time. */
export function castOf(): Cast {
  const secret = (): string => randomBytes(12).toString("base64url");
  const member = (id: string, password = secret()): Member => ({ id, mail: `${id}@example.org`, password });
  const common = ["Autumn2026!", "Welcome1", "Password123", "Company2026"];
  const victim = member("vera");
  const staff = Array.from({ length: staffCount }, (_, i) => {
    return member(`staff${String(i + 1).padStart(2, "0")}`, i + 1 === carelessAt ? common[0] : secret());
  });
  return {
    members: [victim, member("olga"), member("otto"), member("greta"), ...staff],
    victim,
    words: wordsWith(victim.password, rightWordAt, wordCount),
    staff,
    common,
    careless: staff[carelessAt - 1]!,
  };
}

/** A list of words in which the right one stands at a place, from 1. */
export function wordsWith(right: string, at: number, length: number): readonly string[] {
  return Array.from({ length }, (_, i) => (i + 1 === at ? right : `guess-${i + 1}`));
}
