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
  const signature = await crypto.subtle.sign("HMAC", await key, utf8.encode(text));
  return toBase64Url(new Uint8Array(signature));
}

/** Whether a text has that keyed hash, in constant time. */
export async function hasKeyedHash(key: HashKey, text: string, hash: string): Promise<boolean> {
  const bytes = fromBase64Url(hash);
  return bytes !== undefined && crypto.subtle.verify("HMAC", await key, bytes, utf8.encode(text));
}

/** Bytes as base64url without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** The bytes of base64url; `undefined` for anything else. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length > 16_384 || !/^[\w-]*$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (unit) => unit.charCodeAt(0));
  } catch {
    return undefined;
  }
}
