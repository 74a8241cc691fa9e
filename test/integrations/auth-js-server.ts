import type { MatrixServer } from "./matrix-adapter.js";
import { open, type Sending, send } from "./raw-http.js";
import type { Listening } from "./servers/listening.js";

/** A server of Auth.js: a login needs the token of an earlier request. */
export async function authJsServer(listening: Listening): Promise<MatrixServer> {
  const { port } = listening;
  const { headers, body } = await send(port, "/auth/csrf", { method: "GET" });
  const csrf = headers.get("set-cookie")?.map((line) => line.split(";")[0]);
  const { csrfToken } = JSON.parse(body);
  const path = "/auth/callback/credentials";
  const form = (fields: object, via: Sending = {}): Sending => {
    const { Cookie: own, ...others } = via.headers ?? {};
    const cookies = [...(csrf ?? []), ...(own === undefined ? [] : [own])];
    return {
      ...via,
      headers: { "Content-Type": "application/json", ...others, Cookie: cookies.join("; ") },
      body: JSON.stringify({ ...fields, csrfToken }),
    };
  };
  const cannot = () => Promise.reject(new Error("there is no second step in Auth.js"));
  return {
    ...listening,
    login: (fields, via) => send(port, path, form(fields, via)),
    openLogin: (fields, via) => open(port, path, form(fields, via)),
    code: cannot,
    link: cannot,
  };
}
