import { createHash, randomBytes } from "node:crypto";
import { type Exchange, type Sending, send } from "../integrations/raw-http.js";

/** Under which the provider of the tests is known; `send` names the same host. */
export const issuer = "http://login.example";

/** Where the clients of the tests get their codes. */
export const redirectUri = "https://shop.example/callback";

/** What a client reads in its ID token. */
export interface IdToken {
  readonly sub: string;
  readonly amr?: readonly string[];
  readonly acr?: string;
}

/** Where a browser stands after a login: before the client again, or at another form. */
export type Arrived = { readonly idToken: IdToken } | { readonly form: string };

/** A browser with the cookies of one person. */
export interface OidcBrowser {
  /** Asks the provider for a login at a client and goes where that leads. */
  authorize(clientId: string, more?: Readonly<Record<string, string>>): Promise<Arrived>;
  /** Sends a form of the interaction under way; nothing is followed. */
  post(path: "login" | "code", form: Readonly<Record<string, unknown>>): Promise<Exchange>;
  /** Follows an answer to `post`. */
  follow(exchange: Exchange): Promise<Arrived>;
}

/** Opens a browser. Cookies are kept by path, as a provider has several of one name. */
export function oidcBrowser(port: number, via: Sending = {}): OidcBrowser {
  const cookies: { readonly name: string; readonly value: string; readonly path: string }[] = [];
  const verifier = randomBytes(32).toString("base64url");
  let client = "";
  let form = "";

  const request = async (path: string, sending: Sending): Promise<Exchange> => {
    const here = path.split("?")[0]!;
    const Cookie = cookies.filter((cookie) => here.startsWith(cookie.path)).map(({ name, value }) => `${name}=${value}`);
    const exchange = await send(port, path, {
      ...via,
      ...sending,
      headers: { ...via.headers, Cookie: Cookie.join("; "), ...sending.headers },
    });
    for (const line of exchange.headers.get("set-cookie") ?? []) {
      const [, name = "", value = ""] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      const at = /; path=([^;]+)/i.exec(line)?.[1] ?? "/";
      const known = cookies.findIndex((cookie) => cookie.name === name && cookie.path === at);
      if (known >= 0) cookies.splice(known, 1);
      if (value !== "") cookies.push({ name, value, path: at });
    }
    return exchange;
  };

  const redeem = async (code: string): Promise<IdToken> => {
    const fields = { grant_type: "authorization_code", code, redirect_uri: redirectUri, client_id: client, code_verifier: verifier };
    const { body } = await request("/token", { headers: urlencoded, body: new URLSearchParams(fields).toString() });
    const { id_token } = JSON.parse(body) as { readonly id_token: string };
    return JSON.parse(Buffer.from(id_token.split(".")[1]!, "base64url").toString()) as IdToken;
  };

  const follow = async (exchange: Exchange): Promise<Arrived> => {
    const location = exchange.headers.get("location")?.[0];
    if (location === undefined) throw new Error(`expected to be led on, got ${exchange.status}: ${exchange.body}`);
    const url = new URL(location, issuer);
    if (url.href.startsWith(redirectUri)) {
      const code = url.searchParams.get("code");
      if (code === null) throw new Error(`expected a code, got ${url.href}`);
      return { idToken: await redeem(code) };
    }
    if (url.pathname.startsWith("/interaction/")) {
      form = url.pathname;
      return { form };
    }
    return follow(await request(url.pathname + url.search, { method: "GET" }));
  };

  return {
    async authorize(clientId, more = {}) {
      client = clientId;
      const query = new URLSearchParams({
        client_id: clientId,
        response_type: "code",
        redirect_uri: redirectUri,
        scope: "openid",
        code_challenge: createHash("sha256").update(verifier).digest("base64url"),
        code_challenge_method: "S256",
        ...more,
      });
      return follow(await request(`/auth?${query}`, { method: "GET" }));
    },
    post: (path, fields) => request(`${form}/${path}`, { headers: urlencoded, body: encode(fields) }),
    follow,
  };
}

const urlencoded = { "Content-Type": "application/x-www-form-urlencoded" };

/** Fields as a browser sends them; a list is the same name several times. */
function encode(fields: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)]));
  return new URLSearchParams(pairs).toString();
}
