import { type IncomingHttpHeaders, request } from "node:http";

/** What came back. */
export interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A browser as far as a login needs one: keeps cookies, follows nothing by itself. */
export interface Browser {
  readonly cookies: ReadonlyMap<string, string>;
  get(path: string): Promise<Page>;
  post(path: string, form: { readonly [field: string]: string }): Promise<Page>;
}

/** How a browser reaches the server. */
export interface BrowserOptions {
  readonly port: number;
  /** The address that it comes from, one of loopback's: 127.0.0.1, 127.0.0.2 ... */
  readonly from?: string;
  readonly userAgent?: string;
  /** Sent along with every request. */
  readonly headers?: { readonly [name: string]: string };
  /** Cookies of an earlier visit. */
  readonly cookies?: ReadonlyMap<string, string>;
}

/** Opens a browser on the server at 127.0.0.1. */
export function openBrowser({ port, from = "127.0.0.1", userAgent = "honest", headers = {}, cookies: kept }: BrowserOptions): Browser {
  const cookies = new Map(kept);
  const send = (method: "GET" | "POST", path: string, body: string): Promise<Page> =>
    new Promise((resolve, reject) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const sent = request({
        host: "127.0.0.1",
        port,
        localAddress: from,
        method,
        path,
        agent: false,
        headers: {
          "User-Agent": userAgent,
          ...(cookie === "" ? {} : { Cookie: cookie }),
          ...(method === "POST" ? { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body) } : {}),
          ...headers,
        },
      });
      sent.on("error", reject);
      sent.on("response", (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", reject);
        answer.on("end", () => {
          keep(cookies, answer.headers["set-cookie"] ?? []);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString("utf8") });
        });
      });
      sent.end(body);
    });
  return {
    cookies,
    get: (path) => send("GET", path, ""),
    post: (path, form) => send("POST", path, new URLSearchParams(form).toString()),
  };
}

function keep(cookies: Map<string, string>, lines: readonly string[]): void {
  for (const line of lines) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    if (value === "" || /;\s*Max-Age=0\b/i.test(line) || /;\s*Expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
    else cookies.set(name, value);
  }
}
