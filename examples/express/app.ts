import { fileURLToPath } from "node:url";
import express, { type ErrorRequestHandler, type Express } from "express";
import { cookieOptions, readCookie } from "./cookies.js";
import { type LoginParts, loginRoutes } from "./login-routes.js";
import { errorPage, homePage } from "./pages.js";
import { sameOriginOnly, securityHeaders } from "./security-headers.js";
import { sessionCookie } from "./sessions.js";

const styleSheet = fileURLToPath(new URL("style.css", import.meta.url));

/** The site: a page behind a login. */
export function createApp(parts: LoginParts): Express {
  const { sessions, note } = parts;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(securityHeaders);

  app.get("/healthz", (_req, res) => void res.json({ status: "ok" }));
  app.get("/favicon.ico", (_req, res) => void res.sendStatus(204));
  app.get("/style.css", (_req, res) => res.sendFile(styleSheet, { headers: { "Cache-Control": "public, max-age=3600" } }));

  app.use(loginRoutes(parts));

  app.get("/", (req, res) => {
    const account = sessions.accountOf(readCookie(req, sessionCookie));
    if (account === undefined) res.redirect(303, "/login");
    else res.send(homePage(account));
  });
  app.post("/logout", sameOriginOnly, (req, res) => {
    sessions.close(readCookie(req, sessionCookie));
    res.clearCookie(sessionCookie, cookieOptions).redirect(303, "/login");
  });

  app.use((_req, res) => void res.status(404).send(errorPage("There is no such page.")));
  app.use(((error: { readonly status?: unknown; readonly message?: unknown }, _req, res, next) => {
    if (res.headersSent) return next(error);
    const status = typeof error.status === "number" && error.status >= 400 && error.status < 500 ? error.status : 500;
    if (status === 500) note("error", { message: String(error.message) });
    res.status(status).send(errorPage(status === 500 ? "Something broke here. It was not your doing." : "This request could not be read."));
  }) satisfies ErrorRequestHandler);
  return app;
}
