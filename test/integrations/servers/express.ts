import type { AddressInfo } from "node:net";
import express, { type Express, type Request, type Response } from "express";
import { protectLogin, sendReply, wrongCredential } from "portcullis/express";
import type { LoginHost } from "../login-host.js";
import type { Listening } from "./listening.js";

/** The application of the example without a guard. */
export function createUnguardedApp(application: LoginHost): Express {
  const app = express();
  app.post("/login", express.json(), async (req: Request, res: Response) => {
    const { account, password } = fieldsOf(req);
    if (!account || !password) return void res.status(400).json({ error: "expected an account and a password" });
    const result = await application.checkPassword(account, password);
    if (!result.ok) return sendReply(res, wrongCredential());
    res.append("Set-Cookie", application.startSession(account)).json({ account });
  });
  return app;
}

/** One whose form cannot be read. */
export function createBrokenApp({ guard, address }: LoginHost, attempt: () => Promise<undefined>, reached: () => void): Express {
  const app = express();
  const handle = (_: Request, res: Response): void => {
    reached();
    res.json({});
  };
  app.post("/login", protectLogin<Request>({ guard, address, attempt }), handle);
  app.post("/login", handle);
  return app;
}

/** Waits until it listens. */
export function listen(app: Express, host = "127.0.0.1"): Promise<Listening> {
  return new Promise((resolve, reject) => {
    // errors are expected here and need not fill the screen
    const server = app.set("env", "test").listen(0, host, (error) => {
      if (error) return reject(error);
      resolve({ port: (server.address() as AddressInfo).port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });
}

function fieldsOf({ body }: Request): { readonly [name: string]: string | undefined } {
  return Object.fromEntries(Object.entries((body ?? {}) as object).filter(([, value]) => typeof value === "string"));
}
