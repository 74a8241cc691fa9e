import type { RequestHandler } from "express";

/** What every answer says to the browser: no scripts, no frames, nothing from elsewhere, nothing kept. */
const headers = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  // not `no-referrer`: browsers then send `Origin: null` with a form, and `sameOriginOnly` could not tell
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
  // heeded over TLS only
  "Strict-Transport-Security": "max-age=31536000",
  "Cache-Control": "no-store",
} as const;

/** Sets the security headers. */
export const securityHeaders: RequestHandler = (_req, res, next) => {
  res.set(headers);
  next();
};

/**
 * Refuses forms that another site sent, so that nobody is signed in to an attacker's account without noticing. Goes by what browsers say of
 * themselves (Fetch Metadata, then `Origin`); a client that says neither is no browser that could be misused.
 */
export const sameOriginOnly: RequestHandler = (req, res, next) => {
  const site = req.get("sec-fetch-site");
  const origin = req.get("origin");
  const isOwn = site === undefined ? origin === undefined || hostOf(origin) === req.get("host") : site === "same-origin" || site === "none";
  if (isOwn) next();
  else res.status(403).type("text").send("This form was sent from another site.\n");
};

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
