import { Inject, Injectable } from "@nestjs/common";
import { type ClientAddress, type GuardedConclusion, type GuardedLogin, guardedLogin, type Hop } from "portcullis/express";
import type { CredentialResult, Guard } from "portcullis/guard";
import { RefusedLogin } from "./refused-login.js";

/** What your application has already. */
export interface Application {
  readonly checkPassword: (account: string, password: string) => Promise<CredentialResult>;
  readonly checkCode: (account: string, code: string) => Promise<boolean>;
  /** Gives the cookie of a new session. */
  readonly startSession: (account: string) => string;
}

/** What the login is made of. */
export interface LoginParts {
  readonly guard: Guard;
  readonly address: ClientAddress;
  readonly application: Application;
}

/** Under which it is provided. */
export const loginParts = Symbol("login parts");

/** Who was let in, and the cookie that makes their device familiar. */
export interface SignedIn {
  readonly account: string;
  readonly setCookie: string | undefined;
}

/** The guard round the credential check, in one place: whoever calls it, what comes before the check and what comes after it stay together. */
@Injectable()
export class LoginService {
  readonly #login: GuardedLogin;
  readonly #application: Application;

  constructor(@Inject(loginParts) { guard, address, application }: LoginParts) {
    this.#login = guardedLogin({ guard, address });
    this.#application = application;
  }

  /** @throws RefusedLogin for everybody who is not let in. */
  async signIn(account: string, password: string, hop: Hop): Promise<SignedIn> {
    const { attempt, reply } = await this.#login.begin({ hop, account });
    if (attempt === undefined) throw new RefusedLogin(reply);
    return letIn(account, await attempt.conclude(await this.#application.checkPassword(account, password)));
  }

  /** The second step of a login that waits for a further factor. */
  async prove(handle: string, code: string, hop: Hop): Promise<SignedIn> {
    const { attempt, reply } = await this.#login.resume(handle, { hop });
    if (attempt === undefined) throw new RefusedLogin(reply);
    const isRight = await this.#application.checkCode(attempt.account, code);
    return letIn(attempt.account, await attempt.proof(isRight ? { ok: true, factors: ["otp"] } : { ok: false, failure: "mfa-failed" }));
  }
}

function letIn(account: string, { admitted, reply, setCookie }: GuardedConclusion): SignedIn {
  if (!admitted) throw new RefusedLogin(reply);
  return { account, setCookie };
}
