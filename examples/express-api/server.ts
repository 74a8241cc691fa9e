import express, { type Express, type Request, type Response } from "express";
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
} from "portcullis/express";
import type { CredentialResult, Guard } from "portcullis/guard";

/** What your application has already. */
export interface Application {
  readonly checkPassword: (account: string, password: string) => Promise<CredentialResult>;
  readonly checkCode: (account: string, code: string) => Promise<boolean>;
  /** The account that a mailed link is for. */
  readonly readLink: (link: string) => Promise<string | undefined>;
  /** Gives the cookie of a new session. */
  readonly startSession: (account: string) => string;
}

/** An application with a guarded login. */
export function createApp(guard: Guard, address: ClientAddress, application: Application): Express {
  const app = express();
  const login = guardedLogin({ guard, address });

  const attempt = (req: Request): LoginForm | undefined => {
    const { account, password } = fieldsOf(req);
    return account && password ? { account } : undefined;
  };

  const letIn = (res: Response, account: string, conclusion: GuardedConclusion): void => {
    rememberDevice(res, conclusion);
    res.append("Set-Cookie", application.startSession(account)).json({ account });
  };

  app.post("/login", express.json(), protectLogin({ guard, address, attempt }), async (req: Request, res: Response) => {
    const attempt = loginAttempt(req);
    if (attempt === undefined) return void res.status(400).json({ error: "expected an account and a password" });
    const { password = "" } = fieldsOf(req);
    const conclusion = await attempt.conclude(await application.checkPassword(attempt.account, password));
    if (conclusion.admitted) letIn(res, attempt.account, conclusion);
    else sendReply(res, conclusion.reply);
  });

  // the second step of a login that `conclude` found to be waiting for a further factor
  app.post("/login/code", express.json(), async (req: Request, res: Response) => {
    const { handle, code = "" } = fieldsOf(req);
    const { attempt, reply } = await login.resume(handle, { hop: nodeHop(req) });
    if (attempt === undefined) return sendReply(res, reply);
    const isRight = await application.checkCode(attempt.account, code);
    const conclusion = await attempt.proof(isRight ? { ok: true, factors: ["otp"] } : { ok: false, failure: "mfa-failed" });
    if (conclusion.admitted) letIn(res, attempt.account, conclusion);
    else sendReply(res, conclusion.reply);
  });

  // a login that is proven before anyone can ask: one call
  app.post("/login/link", express.json(), async (req: Request, res: Response) => {
    const hop = nodeHop(req);
    const account = await application.readLink(fieldsOf(req).link ?? "");
    if (account === undefined) return void res.status(400).json({ error: "the link is not valid any more" });
    const conclusion = await login.judge({ hop, account }, { ok: true, factors: ["pop"] });
    if (conclusion.admitted) letIn(res, account, conclusion);
    else sendReply(res, conclusion.reply);
  });

  return app;
}

/** The text fields of a body; anything may be sent in their place. */
function fieldsOf({ body }: Request): { readonly [name: string]: string | undefined } {
  return Object.fromEntries(Object.entries((body ?? {}) as object).filter(([, value]) => typeof value === "string"));
}
