import { type Exchange, type Sending, send } from "../integrations/raw-http.js";
import { type ExampleLogin, type Form, handleIn } from "./login-rows.js";

const json = (body: Form, via: Sending = {}): Sending => ({
  ...via,
  headers: { "Content-Type": "application/json", ...via.headers },
  body: JSON.stringify(body),
});

/** Logins that are sent as JSON to `/login`, and codes to `/login/code`. */
export const jsonLogin: Omit<ExampleLogin, "start"> = {
  async login(port, form, via) {
    const exchange = await send(port, "/login", json(form, via));
    const code = (code: string, handle = handleIn(exchange)): Promise<Exchange> => send(port, "/login/code", json({ handle, code }, via));
    return { exchange, code };
  },
  isAdmitted: ({ status, headers }) => status === 200 && headers.get("set-cookie")?.some((line) => line.startsWith("session=")) === true,
  malformed: [
    {},
    { account: "ann" },
    { account: "", password: "right" },
    { account: ["ann"], password: "right" },
    { account: { $ne: "" }, password: "right" },
    { account: 7, password: "right" },
  ],
};
