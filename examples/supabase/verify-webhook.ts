/** The text of a request that one of the secrets signed just now; `undefined` for any other. */
export type VerifyWebhook = (request: Request) => Promise<string | undefined>;

/** Seconds, to either side: what is older may have been recorded and sent again. */
const tolerance = 5 * 60;

/**
 * Verifies webhooks by the scheme of Standard Webhooks, HMAC-SHA-256.
 *
 * @param secrets As Supabase shows them: `v1,whsec_` and base64. Several while one replaces another.
 * @throws RangeError for a secret that is none.
 */
export async function webhookVerifier(secrets: readonly string[]): Promise<VerifyWebhook> {
  const keys = await Promise.all(secrets.map(importSecret));
  if (keys.length === 0) throw new RangeError("expected a secret: without one anybody can call a hook");
  return async (request) => {
    const id = request.headers.get("webhook-id");
    const timestamp = request.headers.get("webhook-timestamp") ?? "";
    if (!id || !/^\d{1,12}$/.test(timestamp) || Math.abs(Date.now() / 1_000 - Number(timestamp)) > tolerance) return undefined;
    const text = await request.text();
    const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`);
    for (const signature of signaturesIn(request.headers.get("webhook-signature") ?? "")) {
      // Web Crypto compares in constant time
      for (const key of keys) if (await crypto.subtle.verify("HMAC", key, signature, signed)) return text;
    }
    return undefined;
  };
}

function importSecret(secret: string): Promise<CryptoKey> {
  const bytes = fromBase64(/^(?:v1,)?whsec_(.+)$/.exec(secret)?.[1] ?? "");
  if (bytes === undefined || bytes.length < 24) throw new RangeError("expected a secret `v1,whsec_...` of at least 24 bytes");
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

/** `v1,` and base64, several of them a blank apart; Supabase Auth writes a comma before the blank. */
function signaturesIn(header: string): Uint8Array<ArrayBuffer>[] {
  const texts = header.split(/,?\s+/, 10).flatMap((each) => (each.startsWith("v1,") ? [fromBase64(each.slice(3))] : []));
  return texts.filter((each) => each !== undefined);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
