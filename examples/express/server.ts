import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { defaultPolicy } from "portcullis";
import { clientAddress } from "portcullis/express";
import { createGuard } from "portcullis/guard";
import { createAccounts, type NewAccount, type PasswordCost } from "./accounts.js";
import { createApp } from "./app.js";
import { createMailLinks, type SendMail } from "./mail-links.js";
import { createSecondFactor } from "./second-factor.js";
import { jsonLog, loggingHooks, type WriteLine } from "./security-log.js";
import { createSessions } from "./sessions.js";
import type { Settings } from "./settings.js";
import { openStore } from "./store.js";

/** What is handed to a server besides its settings. */
export interface ServerParts {
  readonly accounts: readonly NewAccount[];
  readonly writeLine: WriteLine;
  readonly sendMail: SendMail;
  readonly passwordCost?: PasswordCost;
}

/** A server that listens. */
export interface RunningServer {
  readonly port: number;
  readonly store: string;
  close(): Promise<void>;
}

/** Starts the site on 127.0.0.1. */
export async function startServer(settings: Settings, parts: ServerParts): Promise<RunningServer> {
  const note = jsonLog(parts.writeLine);
  const policy = defaultPolicy;
  const accounts = await createAccounts(parts.accounts, parts.passwordCost);
  const mailLinks = createMailLinks(parts.sendMail, settings.siteUrl);
  const { store, close: closeStore } = await openStore(settings);
  const hooks = loggingHooks(note, policy);
  const guard = createGuard({
    policy,
    store,
    secrets: settings.secrets,
    mode: settings.mode,
    ...hooks,
    onDecision(record) {
      hooks.onDecision?.(record);
      // many sources guess at one account: its owner gets another way to show who they are
      if (record.phase === "before" && record.decision.action === "CHALLENGE") mailLinks.send(accounts.find(record.event.account.id));
    },
  });
  const { trusted, header } = settings;
  const address = clientAddress(header === undefined ? { trusted } : { trusted, header });
  const app = createApp({ guard, address, accounts, mailLinks, secondFactor: createSecondFactor(), sessions: createSessions(), note });
  const server = createServer(app);
  server.listen(settings.port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    store: store.name,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await closeStore();
    },
  };
}
