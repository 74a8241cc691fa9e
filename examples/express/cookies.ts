import type { CookieOptions, Request } from "express";

/** Out of reach of scripts, never over plain HTTP (browsers make an exception for this machine), never along with what other sites post. */
export const cookieOptions: CookieOptions = { httpOnly: true, secure: true, sameSite: "lax", path: "/" };

/** The value of a cookie that a request carries. */
export function readCookie(req: Request, name: string): string | undefined {
  for (const pair of (req.headers.cookie ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (equals >= 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}
