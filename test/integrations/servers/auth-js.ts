import { Auth, type AuthConfig } from "@auth/core";
import Credentials from "@auth/core/providers/credentials";
import { getConnInfo } from "@hono/node-server/conninfo";
import { Hono } from "hono";
import { guardAuthorize } from "portcullis/auth-js";
import type { LoginHost } from "../login-host.js";

/** How Auth.js is set up in the tests. */
export const authConfig: Omit<AuthConfig, "providers"> = {
  secret: "a secret of Auth.js, 32 bytes or more",
  trustHost: true,
  basePath: "/auth",
  logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
};

/** The same without a guard. */
export function createUnguardedAuth(application: LoginHost): (request: Request) => Promise<Response> {
  const provider = Credentials({
    credentials: { account: {}, password: { type: "password" } },
    async authorize({ account, password }) {
      if (typeof account !== "string" || account === "" || typeof password !== "string") return null;
      const result = await application.checkPassword(account, password);
      return result.ok ? { id: account, name: account } : null;
    },
  });
  return (request) => Auth(request, { ...authConfig, providers: [provider] });
}

/** A server round Auth.js, which has none. */
export function serverOf(auth: (request: Request, peer: string | undefined) => Promise<Response>): Hono {
  const app = new Hono();
  app.all("/auth/*", (c) => auth(c.req.raw, getConnInfo(c).remote.address));
  return app;
}

/** One whose form cannot be read. */
export function createBrokenAuth(
  { guard, address }: LoginHost,
  attempt: () => Promise<undefined>,
  reached: () => void,
): (request: Request) => Promise<Response> {
  const check = async () => {
    reached();
    return { ok: true, user: { id: "ann" } } as const;
  };
  const provider = Credentials({ credentials: {}, authorize: guardAuthorize({ guard, address, attempt, check }) });
  return (request) => Auth(request, { ...authConfig, providers: [provider] });
}
