const ipv4Text = /^[0-9]{1,20}(?:\.[0-9]{1,20}){3}$/;
const ipv6Text = /^[0-9a-f]{0,20}:[0-9a-f]{0,20}:[0-9a-f:.]{0,60}(?:%.{1,60})?$/i;

/**
 * Whether a text is written like a network address rather than a host name. It may still be malformed (`192.030.0.6`,
 * `999.1.1.1`): such text is kept as it is, because nobody may read it as another address and the engine has its own law for it.
 *
 * @example
 * isAddressText("192.030.0.6"); //=> true
 * isAddressText("fe80::1%eth0"); //=> true
 * isAddressText("gateway.example.net"); //=> false
 * isAddressText("192.0.2.1:22"); //=> false
 */
export function isAddressText(text: string): boolean {
  return text.length <= 200 && (ipv4Text.test(text) || ipv6Text.test(text));
}
