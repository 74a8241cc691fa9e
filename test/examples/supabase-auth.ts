import { createHmac, randomUUID } from "node:crypto";

/** A user as Supabase Auth has them. */
export interface SupabaseUser {
  readonly id: string;
  readonly password: string;
  /** The one code that is right, where a factor is verified. */
  readonly code?: string;
}

/** What a client is answered. */
export interface SupabaseAnswer {
  readonly status: number;
  readonly body: string;
}

/** As much of Supabase Auth as its hooks see: `internal/api/token.go`, `internal/api/mfa.go` and `internal/hooks/hookhttp/hookhttp.go`, read in November 2026. */
export interface SupabaseAuth {
  signIn(email: string, password: string, ip?: string): Promise<SupabaseAnswer>;
  /** In the session of a sign-in. */
  verifyFactor(email: string, code: string, ip?: string): Promise<SupabaseAnswer>;
  /** Who was signed out of every session by a rejected code. */
  readonly signedOut: readonly string[];
}

/** Where its hooks are, and what signs for them. */
export interface SupabaseHooks {
  readonly origin: string;
  readonly secrets: readonly string[];
}

/** Supabase Auth with these users by email. */
export function supabaseAuth(users: Readonly<Record<string, SupabaseUser>>, { origin, secrets }: SupabaseHooks): SupabaseAuth {
  const signedOut: string[] = [];
  const error = (status: number, error_code: string, msg: string): SupabaseAnswer => ({
    status,
    body: JSON.stringify({ code: status, error_code, msg }),
  });

  const callHook = async (name: string, input: object, ip: string) => {
    const metadata = { uuid: randomUUID(), time: new Date().toISOString(), name, ip_address: ip };
    const response = await sendHook(`${origin}/${name}`, secrets, JSON.stringify({ metadata, ...input }));
    if (response.status !== 200)
      return { failed: error(500, "unexpected_failure", `Unexpected status code returned from hook: ${response.status}`) };
    if (!response.headers.get("content-type")?.startsWith("application/json")) {
      return { failed: error(400, "hook_payload_invalid_content_type", "Invalid Content-Type") };
    }
    return (await response.json()) as { readonly decision: string; readonly message?: string };
  };

  return {
    signedOut,
    async signIn(email, password, ip = "192.0.2.7") {
      const user = Object.hasOwn(users, email) ? users[email] : undefined;
      if (user === undefined) return error(400, "invalid_credentials", "Invalid login credentials");
      const valid = user.password === password;
      const output = await callHook("password-verification", { user_id: user.id, valid }, ip);
      if ("failed" in output) return output.failed;
      if (output.decision === "reject") {
        return error(400, "invalid_credentials", output.message || "Further password verification attempts will be rejected.");
      }
      if (!valid) return error(400, "invalid_credentials", "Invalid login credentials");
      return { status: 200, body: JSON.stringify({ user: user.id, aal: "aal1" }) };
    },
    async verifyFactor(email, code, ip = "192.0.2.7") {
      const user = users[email]!;
      const valid = user.code === code;
      const factor = { user_id: user.id, factor_id: randomUUID(), factor_type: "totp" };
      const output = await callHook("mfa-verification", { ...factor, valid }, ip);
      if ("failed" in output) return output.failed;
      if (output.decision === "reject") {
        signedOut.push(user.id);
        return error(403, "mfa_verification_rejected", output.message || "Further MFA verification attempts will be rejected.");
      }
      if (!valid) return error(422, "mfa_verification_failed", "Invalid TOTP code entered");
      return { status: 200, body: JSON.stringify({ user: user.id, aal: "aal2" }) };
    },
  };
}

/** How a message is signed; for tests that sign it otherwise. */
export interface Signing {
  readonly id?: string;
  /** Epoch seconds. */
  readonly timestamp?: string;
  /** In place of the body. */
  readonly signed?: string;
  /** In place of the signatures. */
  readonly signature?: string;
}

/** Sends a message as Supabase Auth does. */
export function sendHook(url: string, secrets: readonly string[], body: string, signing: Signing = {}): Promise<Response> {
  return fetch(url, { method: "POST", headers: signedHeaders(secrets, body, signing), body });
}

/** Signed by every secret, with a comma and a blank between the signatures. */
function signedHeaders(secrets: readonly string[], body: string, signing: Signing): Record<string, string> {
  const { id = randomUUID(), timestamp = `${Math.floor(Date.now() / 1_000)}` } = signing;
  const sign = (secret: string): string => {
    const key = Buffer.from(secret.replace("v1,whsec_", ""), "base64");
    return `v1,${createHmac("sha256", key)
      .update(`${id}.${timestamp}.${signing.signed ?? body}`)
      .digest("base64")}`;
  };
  const { signature = secrets.map(sign).join(", ") } = signing;
  return { "Content-Type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
}
