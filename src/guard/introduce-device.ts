import { know } from "../core/engine/touch.js";
import type { LoginEvent } from "../core/model/login-event.js";
import { type GuardContext, keptIdentity } from "./context.js";
import { type Located, locate, untouched } from "./locate.js";
import { writeEvent } from "./write-event.js";

/**
 * Remembers a login under the device that it only now gets a name for, so that the device is familiar from this login on and not from the next one. Only
 * the groups of the device are written to; where the store does not answer, the next login makes it familiar.
 */
export async function introduceDevice(context: GuardContext, login: LoginEvent, deviceId: string): Promise<void> {
  const named: LoginEvent = { ...login, client: { ...login.client, deviceId } };
  const [before, after] = [await place(context, login), await place(context, named)];
  const storeKeys = after.storeKeys.map((place, i) => (place?.key === before.storeKeys[i]?.key ? undefined : place));
  const ats = storeKeys.map(() => login.at);
  const { parts } = writeEvent(context, { ...after, storeKeys }, named, { ats, known: untouched(context, after).records, reserved: 0 });
  if (parts.length > 0) await context.line.exchange(parts, () => undefined);
}

async function place(context: GuardContext, event: LoginEvent): Promise<Located> {
  const known = know(event, context.compiled.alias);
  return locate(context, event, known, await keptIdentity(context, known.identity));
}
