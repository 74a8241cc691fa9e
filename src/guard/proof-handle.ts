import { know } from "../core/engine/touch.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { writeAttemptToken } from "./attempt-token.js";
import { type GuardContext, signerOf, timeOf } from "./context.js";
import { issueDeviceToken } from "./device-token.js";
import type { Conclusion, ProofHandle } from "./handle.js";
import { introduceDevice } from "./introduce-device.js";
import { proveAttempt, type WaitingAttempt } from "./prove.js";
import { assertProof } from "./result.js";

/** Where an attempt stands. */
export interface Standing {
  /** Set while it waits for a further factor. */
  waiting: WaitingAttempt | undefined;
  /** Set once it is over. */
  final: Conclusion | undefined;
  /** The id of its device, once it was given one. */
  deviceId: string | undefined;
}

/** The handle of an attempt that waits, or may come to wait, for a further factor. */
export function proofHandle(context: GuardContext, event: LoginEvent, standing: Standing): ProofHandle {
  return {
    id: event.id,
    account: event.account.id,
    async proof(result) {
      assertProof(result);
      // over already: a proof that is wrong admits nobody, whatever came of the one before
      if (standing.final !== undefined) return result.ok ? standing.final : { ...standing.final, admitted: false };
      if (standing.waiting === undefined) throw new TypeError("expected `conclude` to have asked for a further proof before `proof`");
      const { conclusion, over } = await proveAttempt(context, standing.waiting, result);
      if (over) standing.final ??= conclusion;
      return conclusion;
    },
    async token() {
      const signer = signerOf(context);
      if (standing.waiting === undefined) throw new TypeError("expected `conclude` to have asked for a further proof before `token`");
      return writeAttemptToken(signer, context.forms, standing.waiting);
    },
    async deviceToken(existing) {
      const signer = signerOf(context);
      if (standing.final?.admitted !== true) throw new TypeError("expected the attempt to be admitted before `deviceToken`");
      const { account } = know(event, context.compiled.alias).identity;
      if (account === undefined) throw new TypeError("expected an account id of 1 to 512 characters: no device can be bound to this one");
      const deviceId = event.client?.deviceId ?? standing.deviceId ?? context.newId();
      if (event.client?.deviceId === undefined && standing.deviceId === undefined) {
        standing.deviceId = deviceId;
        await introduceDevice(context, { ...(standing.waiting?.event ?? event), outcome: "success" }, deviceId);
      }
      return issueDeviceToken(signer, { tenant: event.tenant, account }, { deviceId, issuedAt: timeOf(context) }, existing);
    },
  };
}
