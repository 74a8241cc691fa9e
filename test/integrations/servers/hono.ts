import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { protectLogin, replyResponse, wrongCredential } from "portcullis/hono";
import type { LoginHost } from "../login-host.js";
import type { Listening } from "./listening.js";

/** The application of the example without a guard. */
export function createUnguardedApp(application: LoginHost): Hono {
  const app = new Hono();
  app.post("/login", async (c) => {
    const { account, password } = await c.req.json();
    if (typeof account !== "string" || account === "" || typeof password !== "string" || password === "")
      return c.json({ error: "expected an account and a password" }, 400);
    const result = await application.checkPassword(account, password);
    if (!result.ok) return replyResponse(wrongCredential());
    c.header("Set-Cookie", application.startSession(account), { append: true });
    return c.json({ account });
  });
  return app;
}

/** One whose form cannot be read. */
export function createBrokenApp({ guard, address }: LoginHost, attempt: () => Promise<undefined>, reached: () => void): Hono {
  const app = new Hono();
  app.onError((_, c) => c.text("failed", 500));
  const peer = (c: Context) => getConnInfo(c).remote.address;
  app.post("/login", protectLogin<Context>({ guard, address, peer, attempt }), (c) => {
    reached();
    return c.json({});
  });
  return app;
}

/** Waits until it listens. */
export function listen(
  app: { readonly fetch: (request: Request, env: never) => Response | Promise<Response> },
  hostname = "127.0.0.1",
): Promise<Listening> {
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch as (request: Request) => Promise<Response>, port: 0, hostname }, (info: AddressInfo) =>
      resolve({ port: info.port, close: () => new Promise((closed) => server.close(() => closed())) }),
    );
  });
}
