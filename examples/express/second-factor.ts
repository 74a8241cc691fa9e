import { Secret, TOTP } from "otpauth";
import type { Account } from "./accounts.js";

/** Checks codes of authenticator apps (RFC 6238). */
export interface SecondFactor {
  check(account: Account, code: string): boolean;
}

/** A code counts once: whoever reads it over a shoulder cannot use it again (RFC 6238, section 5.2). */
export function createSecondFactor(): SecondFactor {
  const lastStep = new Map<string, number>();
  return {
    check({ id, totpSecret }, code) {
      if (totpSecret === undefined) return false;
      const totp = authenticator(id, totpSecret);
      const timestamp = Date.now();
      const delta = totp.validate({ token: code.replaceAll(" ", ""), timestamp, window: 1 });
      if (delta === null) return false;
      const step = totp.counter({ timestamp }) + delta;
      if (step <= (lastStep.get(id) ?? 0)) return false;
      lastStep.set(id, step);
      return true;
    },
  };
}

/** A new secret for an authenticator app, base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The authenticator of an account: its code now, and the address that an app takes up. */
export function authenticator(account: string, secret: string): TOTP {
  return new TOTP({ issuer: "portcullis example", label: account, secret });
}
