import { expect, it } from "vitest";
import { opensshSkipReason } from "../../../src/formats/import/openssh-skip-reason.js";

it.each([
  ["pam_unix(sshd:auth): check pass; user unknown", "pam-line"],
  ["error: PAM: Authentication failure for root from 192.0.2.7", "pam-line"],
  ["PAM 5 more authentication failures; logname=", "summary-line"],
  ["Disconnecting: Too many authentication failures", "summary-line"],
  ["Disconnecting invalid user bob 192.0.2.7 port 1: Too many authentication failures [preauth]", "summary-line"],
  ["Disconnecting invalid user bob 192.0.2.7 port 1: Change of username or service not allowed [preauth]", "disconnect"],
  ["User bob from 192.0.2.7 not allowed because not listed in AllowUsers", "account-refused"],
  ["User child is on pid 12", "session"],
  ["", "not-a-login"],
])("%j is skipped as %s", (message, reason) => expect(opensshSkipReason(message)).toBe(reason));
