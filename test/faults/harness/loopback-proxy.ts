import { connect, createServer, type Socket } from "node:net";
import { pump } from "./pump.js";

/** Stands between a client and its server on loopback, and does to their connection what networks do. */
export interface LoopbackProxy {
  readonly port: number;
  /** How many connections clients have opened so far. */
  accepted(): number;
  /** Breaks every connection. */
  cut(): void;
  /** While true, nothing passes either way and nobody is told, as with a cable pulled out; what was sent meanwhile arrives afterwards. */
  stall(on: boolean): void;
  /** The same for the connections that there are now, and for good; new ones are fine. As when a balancer forgets a connection. */
  strand(): void;
  /** Every reply comes this many milliseconds later from now on. */
  delay(milliseconds: number): void;
  /** Slips one reply too many into every connection: from then on each reply is taken for that of the request before. */
  slipIn(bytes: Buffer): void;
  /** While set, every request is answered with these bytes and never reaches the server. */
  answerWith(bytes: Buffer | undefined): void;
  close(): Promise<void>;
}

const host = "127.0.0.1";

/** Where a request to Redis begins. */
const requestHead = /\*\d+\r\n\$/g;

/** Opens one before a port, of this machine where no other is named. */
export function loopbackProxy(target: { readonly host?: string; readonly port: number }): Promise<LoopbackProxy> {
  const sockets = new Set<Socket>();
  const drains = new Set<() => void>();
  let [accepted, stalled, delay] = [0, false, 0];
  let garbage: Buffer | undefined;
  const clients = new Set<Socket>();
  const stranded = new WeakSet<Socket>();

  const server = createServer((client) => {
    accepted++;
    const upstream = connect({ host, ...target });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => sockets.delete(socket));
    }
    clients.add(client);
    client.on("close", () => clients.delete(client));
    const held = (): boolean => stalled || stranded.has(client);
    const reachesServer = (requests: Buffer): boolean => {
      if (garbage === undefined) return true;
      for (const _ of requests.toString("latin1").matchAll(requestHead)) if (!client.destroyed) client.write(garbage);
      return false;
    };
    const there = pump(client, upstream, { held, late: () => 0, takes: reachesServer });
    const back = pump(upstream, client, { held, late: () => delay, takes: () => true });
    drains.add(there).add(back);
    upstream.on("close", () => drains.delete(there));
    client.on("close", () => drains.delete(back));
  });
  const port = new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      if (typeof address === "object" && address !== null) resolve(address.port);
      else reject(new Error("no port"));
    });
  });
  return port.then((open) => ({
    port: open,
    accepted: () => accepted,
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    stall(on) {
      stalled = on;
      for (const drain of drains) drain();
    },
    strand() {
      for (const client of clients) stranded.add(client);
    },
    slipIn(bytes) {
      for (const client of clients) client.write(bytes);
    },
    delay(milliseconds) {
      delay = milliseconds;
    },
    answerWith(bytes) {
      garbage = bytes;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  }));
}
