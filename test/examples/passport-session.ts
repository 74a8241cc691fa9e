import { randomBytes } from "node:crypto";
import type { Request, RequestHandler } from "express";

type Done = (error?: unknown) => void;

/** What Passport uses of a session, as `express-session` has it with `saveUninitialized: false`. */
interface Session {
  passport?: { readonly user?: string };
  regenerate(done: Done): void;
  save(done: Done): void;
}

/** Sessions in memory; `saved` is told each account that gets one. */
export function memorySessions(saved: (account: string) => void): RequestHandler {
  const kept = new Map<string, NonNullable<Session["passport"]>>();
  return (req, res, next) => {
    const carrier = req as Request & { session?: Session };
    const open = (id: string, passport: Session["passport"]): Session => ({
      ...(passport === undefined ? {} : { passport }),
      regenerate(done) {
        kept.delete(id);
        carrier.session = open(randomBytes(16).toString("hex"), undefined);
        done();
      },
      save(done) {
        const user = carrier.session?.passport?.user;
        if (user !== undefined) {
          kept.set(id, { user });
          saved(user);
          res.append("Set-Cookie", `session=${id}; Path=/; HttpOnly; Secure; SameSite=Lax`);
        }
        done();
      },
    });
    const id = /(?:^|; )session=(\w+)/.exec(req.headers.cookie ?? "")?.[1] ?? "";
    carrier.session = open(id, kept.get(id));
    next();
  };
}
