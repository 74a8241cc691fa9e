import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import type { CredentialResult, Guard } from "portcullis/guard";
import {
  type ClientAddress,
  type GuardedConclusion,
  guardedLogin,
  honoHop,
  type LoginForm,
  loginAttempt,
  protectLogin,
  rememberDevice,
  replyResponse,
} from "portcullis/hono";

/** What your application has already. */
export interface Application {
  readonly checkPassword: (account: string, password: string) => Promise<CredentialResult>;
  readonly checkCode: (account: string, code: string) => Promise<boolean>;
  /** The account that a mailed link is for. */
  readonly readLink: (link: string) => Promise<string | undefined>;
  /** Gives the cookie of a new session. */
  readonly startSession: (account: string) => string;
}

/** Hono does not know where a request comes from; its runtime does. */
const peer = (c: Context): string | undefined => getConnInfo(c).remote.address;

/** An application with a guarded login. */
export function createApp(guard: Guard, address: ClientAddress, application: Application): Hono {
  const app = new Hono();
  const login = guardedLogin({ guard, address });

  const attempt = async (c: Context): Promise<LoginForm | undefined> => {
    const { account, password } = await fieldsOf(c);
    return account && password ? { account } : undefined;
  };

  const letIn = (c: Context, account: string, conclusion: GuardedConclusion): Response => {
    rememberDevice(c, conclusion);
    c.header("Set-Cookie", application.startSession(account), { append: true });
    return c.json({ account });
  };

  app.post("/login", protectLogin({ guard, address, peer, attempt }), async (c) => {
    const attempt = loginAttempt(c);
    if (attempt === undefined) return c.json({ error: "expected an account and a password" }, 400);
    const { password = "" } = await fieldsOf(c);
    const conclusion = await attempt.conclude(await application.checkPassword(attempt.account, password));
    return conclusion.admitted ? letIn(c, attempt.account, conclusion) : replyResponse(conclusion.reply);
  });

  // the second step of a login that `conclude` found to be waiting for a further factor
  app.post("/login/code", async (c) => {
    const hop = honoHop(c, peer);
    const { handle, code = "" } = await fieldsOf(c);
    const resumed = await login.resume(handle, { hop });
    if (resumed.attempt === undefined) return replyResponse(resumed.reply);
    const { account } = resumed.attempt;
    const isRight = await application.checkCode(account, code);
    const conclusion = await resumed.attempt.proof(isRight ? { ok: true, factors: ["otp"] } : { ok: false, failure: "mfa-failed" });
    return conclusion.admitted ? letIn(c, account, conclusion) : replyResponse(conclusion.reply);
  });

  // a login that is proven before anyone can ask: one call
  app.post("/login/link", async (c) => {
    const hop = honoHop(c, peer);
    const account = await application.readLink((await fieldsOf(c)).link ?? "");
    if (account === undefined) return c.json({ error: "the link is not valid any more" }, 400);
    const conclusion = await login.judge({ hop, account }, { ok: true, factors: ["pop"] });
    return conclusion.admitted ? letIn(c, account, conclusion) : replyResponse(conclusion.reply);
  });

  return app;
}

/** The text fields of a body; anything may be sent in their place. */
async function fieldsOf(c: Context): Promise<{ readonly [name: string]: string | undefined }> {
  const body: unknown = await c.req.json().catch(() => undefined);
  return Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => typeof value === "string"));
}
