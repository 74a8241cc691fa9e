import type { ScriptSender } from "./redis-client.js";

/** Runs one script over keys that lie on one node. */
export type RunScript = (sender: ScriptSender, keys: string[], args: string[]) => Promise<unknown>;

/** A script sent by its hash, and in full where the server does not know it: after a restart, `SCRIPT FLUSH` or failover. */
export function script(text: string): RunScript {
  let hash: Promise<string> | undefined;
  return async (sender, keys, args) => {
    hash ??= sha1(text);
    const sha = await hash;
    try {
      return await sender.evalSha(sha, keys, args);
    } catch (error) {
      if (!(error instanceof Error && error.message.includes("NOSCRIPT"))) throw error;
      return sender.eval(text, keys, args);
    }
  };
}

/** What Redis names scripts by: no secret, and nobody else's text. */
async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
