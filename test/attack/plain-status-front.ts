import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** Something that stands between an attacker's tool and the server. */
export interface Front {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Hands everything through and turns the status 401 into 200, on behalf of the attacker: hydra's form module takes a 401 for HTTP authentication and tries the
 * same word for ever, which would be a lucky defence and not this library's. The server sees the tool's own address.
 */
export async function openPlainStatusFront(target: number): Promise<Front> {
  const server = createServer((incoming, answer) => {
    const { method, url, headers, socket } = incoming;
    const onward = request({
      host: "127.0.0.1",
      port: target,
      localAddress: socket.remoteAddress ?? "127.0.0.1",
      method,
      path: url,
      headers,
      agent: false,
    });
    onward.on("response", (response) => {
      const { statusCode = 502 } = response;
      answer.writeHead(statusCode === 401 ? 200 : statusCode, response.headers);
      response.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
