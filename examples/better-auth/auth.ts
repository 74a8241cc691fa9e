import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type Server } from "node:http";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { toNodeHandler } from "better-auth/node";
import { twoFactor } from "better-auth/plugins";
import { type ClientAddress, portcullisPlugin } from "portcullis/better-auth";
import type { Guard } from "portcullis/guard";

/** better-auth is handed a web request; what the socket knows of the client goes round it. */
const peers = new AsyncLocalStorage<string | undefined>();

/** What is your own: `database`, `secret`, `baseURL` ... */
export type AuthSettings = Omit<BetterAuthOptions, "plugins">;

/** Passwords and second factors with a guard round them. */
export function createAuth(guard: Guard, address: ClientAddress, settings: AuthSettings) {
  return betterAuth({
    emailAndPassword: { enabled: true },
    ...settings,
    // the guard comes last: what is still waiting for a second factor then has no session any more
    plugins: [twoFactor(), portcullisPlugin({ guard, address, peer: () => peers.getStore() })],
  });
}

/** A server for it, once the plugins have agreed. */
export async function createAuthServer(auth: ReturnType<typeof createAuth>): Promise<Server> {
  await auth.$context;
  const handle = toNodeHandler(auth);
  return createServer((req, res) => peers.run(req.socket.remoteAddress, () => handle(req, res)));
}
