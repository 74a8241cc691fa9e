import express, { type Express, type Request, type RequestHandler, type Response } from "express";
import passport from "passport";
import { type IVerifyOptions, Strategy as LocalStrategy } from "passport-local";
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
  /** `express-session` or its like, with `saveUninitialized: false`: a wrong password then sets no cookie. */
  readonly session: RequestHandler;
}

/** Whom Passport knows. */
interface User {
  readonly account: string;
}

/** What is said beside the user. */
interface Verified extends IVerifyOptions {
  readonly result: CredentialResult;
}

/** A server with a login by Passport's local strategy, guarded. */
export function createApp(guard: Guard, address: ClientAddress, { checkPassword, checkCode, session }: Application): Express {
  const authenticator = new passport.Passport();
  authenticator.serializeUser((user, done) => done(null, (user as User).account));
  authenticator.deserializeUser((account: string, done) => done(null, { account }));
  authenticator.use(
    new LocalStrategy({ usernameField: "account" }, (account, password, done) => {
      const verified = (result: CredentialResult): void => {
        const info: Verified = { message: result.ok ? "right" : result.failure, result };
        done(null, result.ok && { account }, info);
      };
      checkPassword(account, password).then(verified, done);
    }),
  );

  /** What the strategy found, with nothing done about it: no session, no answer. */
  const verify = (req: Request, res: Response): Promise<CredentialResult> =>
    new Promise((resolve, reject) => {
      const unsaid = (): void => reject(new Error("expected the strategy to check the fields that were counted"));
      const found = (error: unknown, _user: unknown, info?: Partial<Verified>): void => {
        if (error) reject(error);
        else if (info?.result === undefined) unsaid();
        else resolve(info.result);
      };
      authenticator.authenticate("local", found)(req, res, unsaid);
    });

  /** The session comes last: until now nobody was let in. */
  const letIn = async (req: Request, res: Response, account: string, conclusion: GuardedConclusion): Promise<void> => {
    await new Promise<void>((resolve, reject) => req.logIn({ account } satisfies User, (error) => (error ? reject(error) : resolve())));
    rememberDevice(res, conclusion);
    res.json({ account });
  };

  // the fields of the body, where the strategy would look into the query string as well: what is counted is what is checked
  const attempt = (req: Request): LoginForm | undefined => {
    const { account, password } = textsOf(req.body);
    return account && password ? { account } : undefined;
  };

  const app = express();
  app.use(express.json(), session, authenticator.session());

  app.post("/login", protectLogin({ guard, address, attempt }), async (req: Request, res: Response) => {
    const attempt = loginAttempt(req);
    if (attempt === undefined) return void res.status(400).json({ error: "expected an account and a password" });
    const conclusion = await attempt.conclude(await verify(req, res));
    if (conclusion.admitted) await letIn(req, res, attempt.account, conclusion);
    else sendReply(res, conclusion.reply);
  });

  const login = guardedLogin({ guard, address });
  app.post("/login/code", async (req: Request, res: Response) => {
    const { handle, code = "" } = textsOf(req.body);
    const { attempt, reply } = await login.resume(handle, { hop: nodeHop(req) });
    if (attempt === undefined) return sendReply(res, reply);
    const isRight = await checkCode(attempt.account, code);
    const conclusion = await attempt.proof(isRight ? { ok: true, factors: ["otp"] } : { ok: false, failure: "mfa-failed" });
    if (conclusion.admitted) await letIn(req, res, attempt.account, conclusion);
    else sendReply(res, conclusion.reply);
  });

  app.get("/me", (req, res) => void res.json({ account: (req.user as User | undefined)?.account ?? null }));
  return app;
}

/** The text fields of a body; anything may be sent in their place. */
function textsOf(body: unknown): { readonly [name: string]: string | undefined } {
  return Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => typeof value === "string"));
}
