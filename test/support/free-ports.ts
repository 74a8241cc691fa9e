import { createServer } from "node:net";

/** The bus of a cluster's node stands this far above its port. */
const busOffset = 10_000;

/** Ports of loopback on which nobody listens, nor where the bus of a cluster's node would. */
export async function freePorts(number: number): Promise<readonly number[]> {
  const ports: number[] = [];
  for (let tries = 0; ports.length < number && tries < 200; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (!ports.includes(port) && (await isFree(port)) && (await isFree(port + busOffset))) ports.push(port);
  }
  if (ports.length < number) throw new Error("no free ports");
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
