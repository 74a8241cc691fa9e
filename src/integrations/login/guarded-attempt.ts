import type { Conclusion, Handle, ProofHandle } from "../../guard/handle.js";
import type { CredentialResult, ProofResult } from "../../guard/result.js";
import type { Hop } from "../client-address/client-address.js";
import type { Reply, ReplyOptions } from "../reply/reply.js";
import { replyAfter } from "../reply/reply-after.js";
import { wrongCredential } from "../reply/wrong-credential.js";
import type { DeviceCookie } from "./device-cookie.js";

/** A conclusion with what to send: either they are let in, or there is a reply. */
export type GuardedConclusion = Omit<Conclusion, "admitted"> &
  (
    | {
        readonly admitted: true;
        readonly reply: undefined;
        /** A `Set-Cookie` value that makes this device familiar, where the guard has secrets. */
        readonly setCookie: string | undefined;
      }
    | { readonly admitted: false; readonly reply: Reply; readonly setCookie: undefined }
  );

/** An attempt that waits for a further factor; its conclusion carries the reply. */
export interface GuardedProof extends Omit<ProofHandle, "proof"> {
  /** As `proof` of a handle. A wrong code is answered like a right one that is refused; the client keeps the handle that it has. */
  proof(result: ProofResult): Promise<GuardedConclusion>;
}

/** An attempt that was begun over HTTP; its conclusions carry the reply. */
export interface GuardedAttempt extends Omit<Handle, "conclude" | "proof">, GuardedProof {
  /** As `conclude` of a handle. */
  conclude(result: CredentialResult): Promise<GuardedConclusion>;
}

/** What the attempts of one request share. */
export interface Replying {
  readonly replies: ReplyOptions;
  /** `undefined` where no device is to be remembered. */
  readonly cookie: DeviceCookie | undefined;
  /** `undefined` where there is no request. */
  readonly hop: Hop | undefined;
}

/** An attempt whose conclusions carry the reply. */
export function guardedAttempt(handle: Handle, replying: Replying): GuardedAttempt {
  return {
    ...handle,
    ...guardedProof(handle, replying),
    conclude: async (result) => withReply(handle, await handle.conclude(result), result, replying),
  };
}

/** The same for one that waits for a proof. */
export function guardedProof(handle: ProofHandle, replying: Replying): GuardedProof {
  return { ...handle, proof: async (result) => withReply(handle, await handle.proof(result), result, replying) };
}

async function withReply(
  handle: ProofHandle,
  conclusion: Conclusion,
  result: CredentialResult | ProofResult,
  { replies, cookie, hop }: Replying,
): Promise<GuardedConclusion> {
  if (conclusion.admitted) {
    const known = hop === undefined ? undefined : cookie?.read(hop);
    const device = cookie === undefined ? undefined : await ifSigned(handle.deviceToken(known));
    return { ...conclusion, admitted: true, reply: undefined, setCookie: device === undefined ? undefined : cookie?.write(device) };
  }
  const token = conclusion.awaiting ? await ifSigned(handle.token()) : undefined;
  const reply = replyAfter(conclusion, { ...replies, result, token }) ?? wrongCredential(replies);
  return { ...conclusion, admitted: false, reply, setCookie: undefined };
}

/** A signed text; `undefined` where the guard has no secrets or the account's name is none, which it says by a TypeError. */
async function ifSigned(text: Promise<string>): Promise<string | undefined> {
  try {
    return await text;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
