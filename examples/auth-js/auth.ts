import { AsyncLocalStorage } from "node:async_hooks";
import { Auth, type AuthConfig } from "@auth/core";
import Credentials from "@auth/core/providers/credentials";
import { type ClientAddress, guardAuthorize } from "portcullis/auth-js";
import type { CredentialResult, Guard } from "portcullis/guard";

/** What your application has already. */
export interface Application {
  readonly checkPassword: (account: string, password: string) => Promise<CredentialResult>;
}

/** What your server knows of a request and Auth.js does not hand on. */
interface Surroundings {
  readonly peer: string | undefined;
  readonly cookies: string[];
}

/** Answers the requests of Auth.js; `peer` is the address that the socket names. */
export function createAuth(
  guard: Guard,
  address: ClientAddress,
  { checkPassword }: Application,
  config: Omit<AuthConfig, "providers">,
): (request: Request, peer: string | undefined) => Promise<Response> {
  const surroundings = new AsyncLocalStorage<Surroundings>();

  const authorize = guardAuthorize({
    guard,
    address,
    peer: () => surroundings.getStore()?.peer,
    attempt({ account, password }) {
      return typeof account === "string" && account !== "" && typeof password === "string" ? { account } : undefined;
    },
    async check({ account, password }) {
      const result = await checkPassword(String(account), String(password));
      return result.ok ? { ...result, user: { id: String(account), name: String(account) } } : result;
    },
    rememberDevice: (setCookie) => surroundings.getStore()?.cookies.push(setCookie),
  });

  const providers = [Credentials({ credentials: { account: {}, password: { type: "password" } }, authorize })];
  return (request, peer) => {
    const own: Surroundings = { peer, cookies: [] };
    return surroundings.run(own, async () => {
      const response = await Auth(request, { ...config, providers });
      for (const cookie of own.cookies) response.headers.append("Set-Cookie", cookie);
      return response;
    });
  };
}
