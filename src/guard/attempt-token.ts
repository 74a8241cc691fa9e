import type { JournalForm } from "../core/journal/journal-form.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { InputError } from "../schema/input-error.js";
import type { WaitingAttempt } from "./prove.js";
import type { Signer } from "./signed-text.js";

const purpose = "attempt";

/** What a token carries: the event, but for facts about the account, and when each grouping saw it begin. */
interface TokenPayload {
  readonly event: LoginEvent;
  readonly ats?: { readonly [grouping: string]: number };
}

/** Writes a waiting attempt as a signed text. */
export async function writeAttemptToken(signer: Signer, forms: readonly JournalForm[], { event, ats }: WaitingAttempt): Promise<string> {
  const { credential: _, history: __, ...rest } = event;
  const seen =
    ats === undefined
      ? {}
      : { ats: Object.fromEntries(forms.flatMap(({ grouping }, i) => (ats[i] === undefined ? [] : [[grouping, ats[i]]]))) };
  const payload: TokenPayload = { event: { ...rest, account: { id: event.account.id } }, ...seen };
  return signer.sign(purpose, contextOf(event.tenant), JSON.stringify(payload));
}

/**
 * Takes a waiting attempt up again.
 *
 * @throws InputError `invalid-handle` for a text that is forged, cut off, or another tenant's; it does not say which.
 */
export async function readAttemptToken(
  signer: Signer,
  forms: readonly JournalForm[],
  token: string,
  tenant: string | undefined,
): Promise<WaitingAttempt> {
  const payload = await signer.open(purpose, contextOf(tenant), token);
  if (payload === undefined) {
    throw new InputError("invalid-handle", [{ path: "", message: "expected a handle that this guard signed for this tenant" }]);
  }
  // signed by ourselves: what stands in it is what was written
  const { event, ats } = JSON.parse(payload) as TokenPayload;
  return {
    event,
    reserved: undefined,
    ats: ats === undefined ? undefined : forms.map(({ grouping }) => (Object.hasOwn(ats, grouping) ? ats[grouping] : undefined)),
  };
}

/** No tenant is another than the one without a name. */
function contextOf(tenant: string | undefined): string {
  return tenant === undefined ? "" : `:${tenant}`;
}
