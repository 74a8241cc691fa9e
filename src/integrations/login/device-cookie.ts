import { type Duration, toMilliseconds } from "../../core/model/duration.js";
import type { Hop } from "../client-address/client-address.js";
import { requestCookie } from "./request-cookie.js";

/** The cookie in which a browser keeps a device token. */
export interface DeviceCookie {
  /** The token that a request carries; of several cookies of the name, the first. */
  read(hop: Hop): string | undefined;
  /** The `Set-Cookie` value that keeps a token. */
  write(token: string): string;
}

/** A cookie name, RFC 6265 section 4.1.1: a token of HTTP. */
const cookieName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;

/**
 * Reads and writes a device cookie: out of reach of scripts, over TLS only, and not sent along with what other sites post.
 *
 * @throws RangeError for a name that is none.
 * @example
 * const cookie = deviceCookie("device", { days: 1 });
 * cookie.write("abc"); //=> "device=abc; Max-Age=86400; Path=/; HttpOnly; Secure; SameSite=Lax"
 * cookie.read({ peer: undefined, header: () => "session=1; device=abc" }); //=> "abc"
 * @see RFC 6265, cookies; OWASP, "Slow Down Online Guessing Attacks with Device Cookies"
 */
export function deviceCookie(name: string, within: Duration): DeviceCookie {
  if (typeof name !== "string" || !cookieName.test(name)) throw new RangeError("`deviceCookie`: expected the name of a cookie");
  const maxAge = Math.ceil(toMilliseconds(within) / 1_000);
  return {
    read({ header }) {
      const lines = header("cookie") ?? [];
      return requestCookie(typeof lines === "string" ? lines : lines.join(";"), name);
    },
    write: (token) => `${name}=${token}; Max-Age=${maxAge}; Path=/; HttpOnly; Secure; SameSite=Lax`,
  };
}
