import { BadRequestException, Body, Controller, type DynamicModule, HttpCode, Inject, Module, Post, Req, Res } from "@nestjs/common";
import { APP_FILTER } from "@nestjs/core";
import type { Request, Response } from "express";
import { nodeHop, rememberDevice } from "portcullis/express";
import { type Application, type LoginParts, LoginService, loginParts, type SignedIn } from "./login.service.js";
import { RefusedLoginFilter } from "./refused-login.js";

/** The way in: a form that says nothing is turned away before anything is counted. */
@Controller("login")
export class LoginController {
  readonly #logins: LoginService;
  readonly #application: Application;

  constructor(@Inject(LoginService) logins: LoginService, @Inject(loginParts) { application }: LoginParts) {
    this.#logins = logins;
    this.#application = application;
  }

  @Post()
  @HttpCode(200)
  async signIn(@Body() body: unknown, @Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<object> {
    const { account, password } = textsOf(body);
    if (!account || !password) throw new BadRequestException("expected an account and a password");
    return this.#welcome(res, await this.#logins.signIn(account, password, nodeHop(req)));
  }

  @Post("code")
  @HttpCode(200)
  async prove(@Body() body: unknown, @Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<object> {
    const { handle, code } = textsOf(body);
    if (!handle || !code) throw new BadRequestException("expected a handle and a code");
    return this.#welcome(res, await this.#logins.prove(handle, code, nodeHop(req)));
  }

  #welcome(res: Response, signedIn: SignedIn): object {
    rememberDevice(res, signedIn);
    res.append("Set-Cookie", this.#application.startSession(signedIn.account));
    return { account: signedIn.account };
  }
}

/** The text fields of a body; anything may be sent in their place. */
function textsOf(body: unknown): { readonly [name: string]: string | undefined } {
  return Object.fromEntries(Object.entries(body ?? {}).filter(([, value]) => typeof value === "string"));
}

/** The login as a module. The filter is global, so that it answers also for what a guard throws. */
@Module({})
export class LoginModule {
  static with(parts: LoginParts): DynamicModule {
    return {
      module: LoginModule,
      controllers: [LoginController],
      providers: [LoginService, { provide: loginParts, useValue: parts }, { provide: APP_FILTER, useClass: RefusedLoginFilter }],
    };
  }
}
