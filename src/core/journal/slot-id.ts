/**
 * A short name for a slot, so that an entry need not spell out `count where unproven by account-and-source`: FNV-1a, 32 bits, base 36.
 * The same in every process and for ever. Two slots of one group that share it are refused when the guard is made.
 *
 * @example
 * slotId("count where unproven by account-and-source"); //=> "2ein66"
 */
export function slotId(name: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash ^= name.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
