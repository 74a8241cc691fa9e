import { type CallHandler, type DynamicModule, type ExecutionContext, HttpException, type INestApplication } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { nodeHop } from "portcullis/express";
import ts from "typescript";
import { afterEach, describe, expect, it } from "vitest";
import { root } from "../house/source-files.js";
import { type LoginHost, loginHost } from "../integrations/login-host.js";
import { jsonLogin } from "./json-login.js";
import { describeLogin, type RunningExample } from "./login-rows.js";

const example = (name: string): string => new URL(`../../examples/nestjs/${name}`, import.meta.url).href;

// by their addresses: Nest's decorators are for a tsconfig of their own
const { LoginModule } = (await import(example("login.module.ts"))) as {
  readonly LoginModule: { readonly with: (parts: object) => DynamicModule };
};
const { LoginService } = (await import(example("login.service.ts"))) as {
  readonly LoginService: new () => { readonly signIn: (account: string, password: string, hop: object) => Promise<object> };
};

const createApp = ({ guard, address, ...application }: LoginHost): Promise<INestApplication> =>
  NestFactory.create(LoginModule.with({ guard, address, application }), { logger: false });

async function listen(app: INestApplication): Promise<RunningExample> {
  await app.listen(0, "127.0.0.1");
  return { port: Number(new URL(await app.getUrl()).port), close: () => app.close() };
}

describeLogin("the NestJS example", { ...jsonLogin, start: async (host) => listen(await createApp(host)) });

describe("Nest itself", () => {
  let running: RunningExample | undefined;
  afterEach(() => running?.close());

  it("keeps an error that a guard throws from interceptors, and hands it to exception filters", async () => {
    const seen: string[] = [];
    const app = await createApp(loginHost());
    app.useGlobalGuards({
      canActivate() {
        throw new HttpException("not today", 418);
      },
    });
    app.useGlobalInterceptors({
      intercept(_: ExecutionContext, next: CallHandler) {
        seen.push("interceptor");
        return next.handle();
      },
    });
    app.useGlobalFilters({
      catch(error: HttpException, host) {
        seen.push("filter");
        host.switchToHttp().getResponse().status(error.getStatus()).end();
      },
    });
    running = await listen(app);
    const { exchange } = await jsonLogin.login(running.port, { account: "ann", password: "right" });
    expect(exchange.status).toBe(418);
    expect(seen).toEqual(["filter"]);
  });

  it("answers what the service throws in a guard like what it throws in the controller", async () => {
    const host = loginHost();
    const plain = await listen(await createApp(host));
    const wrong = await jsonLogin.login(plain.port, { account: "ann", password: "wrong" });
    await plain.close();
    const app = await createApp(host);
    const logins = app.get(LoginService);
    app.useGlobalGuards({
      async canActivate(context) {
        const req = context.switchToHttp().getRequest();
        await logins.signIn(req.body.account, req.body.password, nodeHop(req));
        return true;
      },
    });
    running = await listen(app);
    const { exchange } = await jsonLogin.login(running.port, { account: "ann", password: "wrong" });
    expect(exchange.raw).toBe(wrong.exchange.raw);
    expect(host.checked).toHaveLength(2);
  });
});

it("the NestJS example compiles under the tsconfig that it has", () => {
  const { config, error } = ts.readConfigFile(`${root}/examples/nestjs/tsconfig.json`, ts.sys.readFile);
  expect(error).toBeUndefined();
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}/examples/nestjs`);
  expect(fileNames.length).toBeGreaterThanOrEqual(3);
  const program = ts.createProgram(fileNames, options);
  const own = fileNames.flatMap((name) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  });
  expect(own.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});
