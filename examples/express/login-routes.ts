import express, { type Request, type Response, Router } from "express";
import { canonicalAccount } from "portcullis";
import {
  type ClientAddress,
  type GuardedConclusion,
  guardedLogin,
  type LoginForm,
  loginAttempt,
  nodeHop,
  protectLogin,
  rememberDevice,
  sendReply,
  wrongCredential,
} from "portcullis/express";
import type { AccountFacts, CredentialResult, Guard } from "portcullis/guard";
import type { Account, Accounts } from "./accounts.js";
import { cookieOptions, readCookie } from "./cookies.js";
import type { MailLinks } from "./mail-links.js";
import { codePage, loginPage, problemPage } from "./pages.js";
import type { SecondFactor } from "./second-factor.js";
import { sameOriginOnly } from "./security-headers.js";
import type { Note } from "./security-log.js";
import { type Sessions, sessionCookie } from "./sessions.js";

/** What a login needs. */
export interface LoginParts {
  readonly guard: Guard;
  readonly address: ClientAddress;
  readonly accounts: Accounts;
  readonly secondFactor: SecondFactor;
  readonly mailLinks: MailLinks;
  readonly sessions: Sessions;
  readonly note: Note;
}

const linkCookie = "login_link";
const longestPassword = 1_024;

/** The way in: the form, the password, where wanted a code. */
export function loginRoutes({ guard, address, accounts, secondFactor, mailLinks, sessions, note }: LoginParts): Router {
  const router = Router();
  const form = [express.urlencoded({ extended: false, limit: "16kb", parameterLimit: 10 }), sameOriginOnly];
  const protection = { guard, address, page: problemPage };

  const readForm = (req: Request): LoginForm | undefined => {
    const { account, password } = fields(req);
    if (!account || canonicalAccount(account) === undefined || !password || password.length > longestPassword) return undefined;
    const fromMail = mailLinks.isFrom(accounts.find(account), readCookie(req, linkCookie));
    return { account, interactive: true, client: { userAgent: req.get("user-agent") ?? "" }, ...(fromMail ? { proofs: ["captcha"] } : {}) };
  };

  const letIn = (res: Response, account: string, attempt: string, conclusion: GuardedConclusion): void => {
    rememberDevice(res, conclusion);
    res.clearCookie(linkCookie, cookieOptions);
    // a session of its own for every login: an id that was there before is worth nothing
    res.cookie(sessionCookie, sessions.open(account), cookieOptions);
    note("session", { account, attempt });
    res.redirect(303, "/");
  };

  router.get("/login", (req, res) => {
    const { link } = req.query;
    if (typeof link !== "string" || !/^[\w-]{32}$/.test(link)) return void res.send(loginPage());
    // out of the address, where it would stand in histories
    res.cookie(linkCookie, link, cookieOptions).redirect(303, "/login");
  });

  router.post("/login", form, protectLogin({ ...protection, attempt: readForm }), async (req: Request, res: Response) => {
    const attempt = loginAttempt(req);
    if (attempt === undefined) return void res.status(400).send(loginPage("Fill in both fields."));
    const account = await accounts.check(attempt.account, fields(req).password ?? "");
    note("password-check", { attempt: attempt.id });
    const conclusion = await attempt.conclude(account === undefined ? wrong(accounts.find(attempt.account)) : right(account));
    if (account !== undefined && conclusion.admitted) letIn(res, account.id, attempt.id, conclusion);
    else sendReply(res, conclusion.reply ?? wrongCredential(protection));
  });

  const login = guardedLogin(protection);
  router.post("/login/code", form, async (req: Request, res: Response) => {
    const { handle = "", code } = fields(req);
    if (!code) return void res.status(400).send(codePage(handle, "Enter a code."));
    const { attempt, reply } = await login.resume(handle, { hop: nodeHop(req) });
    if (attempt === undefined) return void sendReply(res, reply);
    const account = accounts.find(attempt.account);
    const isRight = account !== undefined && secondFactor.check(account, code);
    const conclusion = await attempt.proof(
      isRight ? { ok: true, factors: ["otp"], account: factsOf(account) } : { ok: false, failure: "mfa-failed" },
    );
    if (account !== undefined && conclusion.admitted) return letIn(res, account.id, attempt.id, conclusion);
    // one page for a wrong code and for a right one that comes too late or too often
    res.status(401).send(codePage(handle, "That did not work. Check the code, or begin again later."));
  });

  return router;
}

/** The text fields of a form. */
function fields({ body }: Request): { readonly [name: string]: string | undefined } {
  const texts = Object.entries((body ?? {}) as object).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(texts);
}

/** A right password; whoever has an authenticator app is asked for its code as well. */
function right(account: Account): CredentialResult {
  return { ok: true, factors: ["pwd"], account: factsOf(account), ...(account.totpSecret === undefined ? {} : { awaiting: "mfa" }) };
}

function wrong(account: Account | undefined): CredentialResult {
  return account === undefined
    ? { ok: false, failure: "unknown-account" }
    : { ok: false, failure: "wrong-password", account: factsOf(account) };
}

function factsOf({ status, totpSecret }: Account): AccountFacts {
  return { status, type: "human", mfaEnrolled: totpSecret !== undefined };
}
