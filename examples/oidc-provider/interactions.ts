import express, { type Request, type Response, Router } from "express";
import type { Provider } from "oidc-provider";
import { type ClientAddress, type GuardedConclusion, guardedLogin, nodeHop, rememberDevice, sendReply } from "portcullis/express";
import type { CredentialResult, Guard } from "portcullis/guard";
import { codePage, loginPage, problemPage } from "./pages.js";
import { secondFactor, twoFactors } from "./provider.js";

/** What your application has already. */
export interface Application {
  readonly checkPassword: (account: string, password: string) => Promise<CredentialResult>;
  readonly checkCode: (account: string, code: string) => Promise<boolean>;
}

/** The pages on which a provider has people log in, guarded. Stands before `provider.callback()`. */
export function createInteractions(provider: Provider, guard: Guard, address: ClientAddress, application: Application): Router {
  const login = guardedLogin({ guard, address, page: problemPage });
  const router = Router();
  const form = express.urlencoded({ extended: false });

  /** Only now the provider hears of it. What an earlier submission of the same request said is not taken along. */
  const letIn = (req: Request, res: Response, accountId: string, amr: readonly string[], conclusion: GuardedConclusion): Promise<void> => {
    rememberDevice(res, conclusion);
    const result = { accountId, amr, ...(amr.includes("mfa") ? { acr: twoFactors } : {}) };
    return provider.interactionFinished(req, res, { login: result }, { mergeWithLastSubmission: false });
  };

  router.get("/interaction/:uid", async (req, res) => {
    const { uid } = await provider.interactionDetails(req, res);
    res.send(loginPage(`/interaction/${uid}/login`));
  });

  router.post("/interaction/:uid/login", form, async (req: Request, res: Response) => {
    // first of all: without a request of a client that waits for it there is no login
    const { prompt } = await provider.interactionDetails(req, res);
    const { account, password } = textsOf(req.body);
    if (!account || !password) return void res.status(400).send(loginPage("login", "Fill in both fields."));
    const { attempt, reply } = await login.begin({ hop: nodeHop(req), account });
    if (attempt === undefined) return sendReply(res, reply);
    const result = await application.checkPassword(account, password);
    const conclusion = await attempt.conclude(result.ok && prompt.reasons.includes(secondFactor) ? { ...result, awaiting: "mfa" } : result);
    if (conclusion.admitted) await letIn(req, res, account, ["pwd"], conclusion);
    else sendReply(res, conclusion.reply);
  });

  router.post("/interaction/:uid/code", form, async (req: Request, res: Response) => {
    await provider.interactionDetails(req, res);
    const { handle = "", code } = textsOf(req.body);
    if (!code) return void res.status(400).send(codePage(handle, "Enter a code."));
    const { attempt, reply } = await login.resume(handle, { hop: nodeHop(req) });
    if (attempt === undefined) return sendReply(res, reply);
    const isRight = await application.checkCode(attempt.account, code);
    const conclusion = await attempt.proof(isRight ? { ok: true, factors: ["otp"] } : { ok: false, failure: "mfa-failed" });
    if (conclusion.admitted) await letIn(req, res, attempt.account, ["pwd", "otp", "mfa"], conclusion);
    else sendReply(res, conclusion.reply);
  });

  return router;
}

/** The text fields of a form; anything may be sent in their place. */
function textsOf(body: unknown): { readonly [name: string]: string | undefined } {
  return Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => typeof value === "string"));
}
