/** A secret as Web Crypto takes it, imported once. */
export type HashKey = ReturnType<typeof crypto.subtle.importKey>;

const fewestBytes = 32;
const hmac = { name: "HMAC", hash: "SHA-256" } as const;
const utf8 = new TextEncoder();

/**
 * Takes a secret for HMAC-SHA-256 (RFC 2104).
 *
 * @throws RangeError for one of fewer than 32 bytes (NIST SP 800-107, section 5.3.2: as long as the hash).
 */
export function hashKey(what: string, secret: string): HashKey {
  if (typeof secret !== "string") throw new TypeError(`expected ${what} to be a text`);
  const bytes = utf8.encode(secret);
  if (bytes.length < fewestBytes) {
    throw new RangeError(`expected ${what} to have at least ${fewestBytes} bytes; make one with \`openssl rand -base64 32\``);
  }
  const imported = crypto.subtle.importKey("raw", bytes, hmac, false, ["sign", "verify"]);
  // reported where it is used; unused it is nobody's unhandled rejection
  imported.catch(() => undefined);
  return imported;
}

/** The keyed hash of a text, base64url. */
export async function keyedHash(key: HashKey, text: string): Promise<string> {
  const signature = await crypto.subtle.sign("HMAC", await key, bytesOf(text));
  return toBase64Url(new Uint8Array(signature));
}

/** Whether a text has that keyed hash, in constant time. */
export async function hasKeyedHash(key: HashKey, text: string, hash: string): Promise<boolean> {
  const bytes = fromBase64Url(hash);
  return bytes !== undefined && crypto.subtle.verify("HMAC", await key, bytes, bytesOf(text));
}

/**
 * A text as UTF-8. That has no surrogates that stand alone and would make one text of many; what holds such is taken as JSON, which spells them out and
 * begins with a quote, as nothing does that is hashed here.
 */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return utf8.encode(loneSurrogate.test(text) ? JSON.stringify(text) : text);
}

const loneSurrogate = /\p{Surrogate}/u;

/** Bytes as base64url without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  let units = "";
  for (const byte of bytes) units += String.fromCharCode(byte);
  return btoa(units).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const longestText = 65_536;

/** The bytes of base64url; `undefined` for anything else, so that one list of bytes has one text. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length > longestText || !/^[\w-]*$/.test(text)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (unit) => unit.charCodeAt(0));
    // the last character of a text has bits to spare, which `atob` passes over
    return toBase64Url(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}
