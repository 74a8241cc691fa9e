import { fromBase64Url, type HashKey, hashKey, hasKeyedHash, keyedHash, toBase64Url } from "./keyed-hash.js";

/** Secrets by age: the first signs, all verify, so that one can be replaced without signing anybody out. */
export interface Signer {
  /** `payload.signature`, where the signature binds the payload to a purpose and a context. */
  sign(purpose: string, context: string, payload: string): Promise<string>;
  /** The payload of a signed text; `undefined` where the signature is not for this purpose and context, by any of the secrets. */
  open(purpose: string, context: string, signed: string): Promise<string | undefined>;
}

/** Room for all that a request can carry about its client: servers end a request's headers at 16 kB. */
const longestSigned = 65_536;

/** @throws RangeError for a secret that is too short; TypeError for none. */
export function createSigner(secrets: readonly string[]): Signer {
  if (!Array.isArray(secrets) || secrets.length === 0)
    throw new TypeError("expected `secrets` to list one secret at least, the newest first");
  const keys: readonly HashKey[] = secrets.map((secret, i) => hashKey(`\`secrets[${i}]\``, secret));
  return {
    async sign(purpose, context, payload) {
      const body = toBase64Url(new TextEncoder().encode(payload));
      return `${body}.${await keyedHash(keys[0]!, bound(purpose, context, body))}`;
    },
    async open(purpose, context, signed) {
      if (typeof signed !== "string" || signed.length > longestSigned) return undefined;
      const [body, signature, ...more] = signed.split(".");
      if (body === undefined || signature === undefined || more.length > 0) return undefined;
      for (const key of keys) {
        if (await hasKeyedHash(key, bound(purpose, context, body), signature)) return payloadOf(body);
      }
      return undefined;
    },
  };
}

/** Never ambiguous: the lengths stand before the parts. */
function bound(purpose: string, context: string, body: string): string {
  return `portcullis:${purpose}:${context.length}:${context}:${body}`;
}

function payloadOf(body: string): string | undefined {
  const bytes = fromBase64Url(body);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}
