/** A dotted quad for a number: another number, another address, spread over 1.0.0.0 to 223.255.255.255. */
export function addressText(index: number): string {
  const spread = Math.imul(index, 0x9e3779b1) >>> 0;
  // an odd multiplier permutes 32 bits; the first part is folded into 1..223 and what that loses is no matter for a bench
  return `${1 + ((spread >>> 24) % 223)}.${(spread >>> 16) & 255}.${(spread >>> 8) & 255}.${spread & 255}`;
}
