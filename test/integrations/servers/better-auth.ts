import { AsyncLocalStorage } from "node:async_hooks";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type BetterAuthOptions, type BetterAuthPlugin, betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { twoFactor } from "better-auth/plugins";
import { type TOTP, URI } from "otpauth";
import { createGuard, type DecisionRecord, type GuardOptions, type OwnerNotice } from "../../../src/guard/public.js";
import { clientAddress, type PortcullisPluginOptions, portcullisPlugin } from "../../../src/integrations/better-auth.js";
import { matrixPolicy } from "../login-host.js";
import { type Exchange, open, type Sending, send } from "../raw-http.js";

/** What better-auth keeps. */
export type Tables = Record<string, Record<string, unknown>[]>;

/** How a site differs from the usual one. */
export interface SiteOptions {
  readonly guard?: GuardOptions;
  /** A guard without secrets. */
  readonly unsigned?: boolean;
  readonly plugin?: Partial<PortcullisPluginOptions>;
  /** Plugins before the guard; two-factor by default. */
  readonly before?: readonly BetterAuthPlugin[];
  readonly after?: readonly BetterAuthPlugin[];
  readonly settings?: Partial<BetterAuthOptions>;
  /** What happens while a password is checked, before the result is known. */
  readonly whileChecking?: () => Promise<void>;
  readonly tables?: Tables;
  readonly listenOn?: string;
  /** Without portcullis. */
  readonly unguarded?: boolean;
}

/** A request by a browser: what it keeps goes along, and is kept up. */
export interface Asking extends Sending {
  readonly json?: unknown;
  readonly jar?: Map<string, string>;
}

/** A running server of better-auth and what is behind it. */
export type Site = Awaited<ReturnType<typeof startSite>>;

/** The password of everybody. */
export const right = "right password";

const secrets = ["a secret of the matrix, 32 bytes or more"];
const origin = "http://auth.example";
const peers = new AsyncLocalStorage<string | undefined>();

/** better-auth over HTTP; whoever starts it closes it. */
export async function startSite(options: SiteOptions = {}) {
  const { guard: guardOptions, plugin, before = [twoFactor()], after = [], listenOn, unguarded = false, unsigned = false } = options;
  const tables: Tables = options.tables ?? emptyTables();
  const records: DecisionRecord[] = [];
  const notices: OwnerNotice[] = [];
  const checked: string[] = [];
  const guard = createGuard({
    policy: matrixPolicy(),
    ...(unsigned ? {} : { secrets }),
    onDecision: (record) => records.push(record),
    onOwnerNotice: (notice) => notices.push(notice),
    ...guardOptions,
  });
  const guarding = portcullisPlugin({ guard, address: clientAddress({ trusted: [] }), peer: () => peers.getStore(), ...plugin });
  const auth = buildAuth(tables, [...before, ...(unguarded ? [] : [guarding]), ...after], options.settings, async (text) => {
    checked.push(text);
    await options.whileChecking?.();
  });
  const handle = toNodeHandler(auth);
  const server = createServer((req, res) => peers.run(req.socket.remoteAddress, () => handle(req, res)));
  await new Promise<void>((resolve) => server.listen(0, listenOn ?? "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const ask = async (path: string, { jar, ...asking }: Asking = {}): Promise<Exchange> => {
    const exchange = await send(port, `/api/auth${path}`, sending(asking, jar));
    for (const line of exchange.headers.get("set-cookie") ?? []) keep(jar, line);
    return exchange;
  };
  return {
    auth,
    guard,
    tables,
    /** Every answer of the guard. */
    records,
    notices,
    /** The passwords that were looked at. */
    checked,
    ask,
    login: (account: string, password: string, asking: Asking = {}) =>
      ask("/sign-in/email", { ...asking, json: { email: `${account}@example.org`, password } }),
    /** A login on a socket to hang up. */
    openLogin: (account: string, password: string): Socket =>
      open(port, "/api/auth/sign-in/email", sending({ json: { email: `${account}@example.org`, password } })),
    sessions: () => tables.session!.length,
    /** How attempts ended, as they are remembered. */
    ends: () => records.map(({ event }) => event.failure ?? event.outcome),
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}

/** A user who may have a second factor. */
export interface Person {
  /** The code of the authenticator now. */
  readonly code: () => string;
  readonly backupCodes: readonly string[];
}

/** Puts a user into the tables, by a better-auth without a guard. */
export async function addUser(tables: Tables, account: string, user: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const auth = buildAuth(tables, []);
  await auth.api.signUpEmail({ body: { email: `${account}@example.org`, password: right, name: account } });
  Object.assign(tables.user!.find(({ email }) => email === `${account}@example.org`)!, user);
}

/** Gives a user a second factor. */
export async function addSecondFactor(tables: Tables, account: string): Promise<Person> {
  const auth = buildAuth(tables, [twoFactor({ skipVerificationOnEnable: true })]);
  const signedIn = await auth.api.signInEmail({ body: { email: `${account}@example.org`, password: right }, asResponse: true });
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(";")[0]);
  const enabled = await auth.handler(
    new Request(`${origin}/api/auth/two-factor/enable`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: cookie.join("; "), origin },
      body: JSON.stringify({ password: right }),
    }),
  );
  const { totpURI, backupCodes } = (await enabled.json()) as { totpURI: string; backupCodes: string[] };
  tables.session!.splice(0);
  const totp = URI.parse(totpURI) as TOTP;
  return { code: () => totp.generate(), backupCodes };
}

/** A code that is not the one of now, before or after. */
export function wrongCode({ code }: Person): string {
  return String((Number(code()) + 500_000) % 1_000_000).padStart(6, "0");
}

export function emptyTables(): Tables {
  return { user: [], session: [], account: [], verification: [], twoFactor: [] };
}

function buildAuth(
  tables: Tables,
  plugins: readonly BetterAuthPlugin[],
  { emailAndPassword, ...settings }: Partial<BetterAuthOptions> = {},
  look: (text: string) => Promise<void> = async () => undefined,
) {
  return betterAuth({
    baseURL: origin,
    secret: "a secret of better-auth, 32 bytes or more",
    database: memoryAdapter(tables),
    logger: { disabled: true },
    telemetry: { enabled: false },
    // better-auth looks away in tests unless it is told
    advanced: { disableOriginCheck: false, disableCSRFCheck: false },
    ...settings,
    emailAndPassword: {
      enabled: true,
      autoSignIn: false,
      ...emailAndPassword,
      password: {
        hash: async (text) => `hash of ${text}`,
        async verify({ hash, password }) {
          await look(password);
          return hash === `hash of ${password}`;
        },
      },
    },
    plugins: [...plugins],
  });
}

function sending({ json, headers, ...rest }: Asking, jar?: Map<string, string>): Sending {
  const cookie = [...(jar ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    ...rest,
    method: json === undefined ? "GET" : "POST",
    headers: {
      ...(json === undefined ? {} : { "Content-Type": "application/json" }),
      ...(cookie === "" ? {} : { Cookie: cookie, Origin: origin }),
      ...headers,
    },
    body: json === undefined ? "" : JSON.stringify(json),
  };
}

function keep(jar: Map<string, string> | undefined, line: string): void {
  const [name = "", value = ""] = line.split(";", 1)[0]!.split(/=(.*)/s);
  if (/max-age=0\b/i.test(line)) jar?.delete(name);
  else jar?.set(name, value);
}
