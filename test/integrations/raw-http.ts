import { connect, type Socket } from "node:net";

/** How a request is sent. */
export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The loopback address that it comes from: each of 127.0.0.0/8 is another source. */
  readonly from?: string;
  /** The address that it goes to; `127.0.0.1` by default. */
  readonly to?: string;
}

/** What came back. */
export interface Exchange {
  /** Every byte as it came, but for the value of `Date`. */
  readonly raw: string;
  readonly status: number;
  /** By names in lower case; several lines of one name in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

/** One request on a socket of its own, and every byte that comes back. */
export function send(port: number, path: string, sending: Sending = {}): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const socket = open(port, path, sending);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(read(Buffer.concat(chunks).toString("latin1"))));
  });
}

/** The same on a socket that one can hang up. */
export function open(port: number, path: string, { method = "POST", headers = {}, body = "", from, to = "127.0.0.1" }: Sending): Socket {
  const socket = connect({ port, host: to, ...(from === undefined ? {} : { localAddress: from }) });
  const lines = { Host: "login.example", "Content-Length": String(Buffer.byteLength(body)), Connection: "close", ...headers };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
  // not `end`: Node takes a half-closed socket for a client that hung up
  socket.write(`${method} ${path} HTTP/1.1\r\n${head.join("")}\r\n${body}`);
  return socket;
}

function read(bytes: string): Exchange {
  const raw = bytes.replace(/^(date: ).*$/im, "$1*");
  const split = raw.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = raw.slice(0, split).split("\r\n");
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  const text = raw.slice(split + 4);
  const body = headers.get("transfer-encoding")?.includes("chunked") ? text.replace(/^[0-9a-f]+\r\n|\r\n(?:[0-9a-f]+\r\n)?/gi, "") : text;
  return { raw, status: Number(statusLine.split(" ")[1]), headers, body };
}
