import type { Socket } from "node:net";
import type { LoginHost } from "./login-host.js";
import { type Exchange, open, type Sending, send } from "./raw-http.js";
import type { Listening } from "./servers/listening.js";

/** What is sent from the login form; anything, as a client may. */
export type Form = Readonly<Record<string, unknown>>;

/** A server as the matrix talks to it. */
export interface MatrixServer extends Listening {
  readonly login: (form: Form, via?: Sending) => Promise<Exchange>;
  /** The same, on a socket to hang up. */
  readonly openLogin: (form: Form, via?: Sending) => Socket;
  readonly code: (handle: unknown, code: string, via?: Sending) => Promise<Exchange>;
  readonly link: (link: string, via?: Sending) => Promise<Exchange>;
}

/** An adapter as the matrix sees it. */
export interface MatrixAdapter {
  readonly start: (host: LoginHost, listenOn?: string) => Promise<MatrixServer>;
  /** The same application without a guard. */
  readonly startUnguarded: (host: LoginHost) => Promise<MatrixServer>;
  /** One whose `attempt` ends like this; `reached` is called where the credential would be looked at. */
  readonly startBroken: (host: LoginHost, attempt: () => Promise<undefined>, reached: () => void) => Promise<MatrixServer>;
  readonly isAdmitted: (exchange: Exchange) => boolean;
  /** What must be the same of two answers; every byte but for what is random in the framework itself. */
  readonly comparable: (exchange: Exchange) => string;
  /** `problem`: a refusal has an answer of its own (429, a wanted proof, 400). `none`: all of them are the answer to a wrong password. */
  readonly answers: "problem" | "none";
  /** Rows that cannot be, each with the reason. */
  readonly without?: Readonly<Record<string, string>>;
}

/** A server that takes JSON: most of them. */
export function jsonServer(listening: Listening): MatrixServer {
  const json = (body: unknown, via: Sending = {}): Sending => ({
    ...via,
    headers: { "Content-Type": "application/json", ...via.headers },
    body: JSON.stringify(body),
  });
  const { port } = listening;
  return {
    ...listening,
    login: (form, via) => send(port, "/login", json(form, via)),
    openLogin: (form, via) => open(port, "/login", json(form, via)),
    code: (handle, code, via) => send(port, "/login/code", json({ handle, code }, via)),
    link: (link, via) => send(port, "/login/link", json({ link }, via)),
  };
}

/** What holds of servers that take JSON. */
export const jsonAnswers = {
  isAdmitted: ({ status, headers }: Exchange) =>
    status === 200 && headers.get("set-cookie")?.some((line) => line.startsWith("session=")) === true,
  comparable: ({ raw }: Exchange) => raw,
  answers: "problem",
} as const;
