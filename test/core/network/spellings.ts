import fc from "fast-check";

/** Eight 16-bit groups, with runs of zeros and the IPv4-mapped prefix more often than chance would have it. */
export const groups: fc.Arbitrary<number[]> = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff), fc.nat(0xf)), { minLength: 8, maxLength: 8 }) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(0xffff), fc.nat(0xffff)).map(([a, b]) => [0, 0, 0, 0, 0, 0xffff, a, b]) },
);

/** The same four words that `parseAddress` should find. */
export function wordsOf(groups: readonly number[]): number[] {
  return [0, 2, 4, 6].map((at) => groups[at]! * 0x10000 + groups[at + 1]!);
}

/** One of the many texts that RFC 4291 allows for the same eight groups. */
export function spelling(groups: readonly number[]): fc.Arbitrary<string> {
  return fc
    .record({
      upper: fc.boolean(),
      padding: fc.array(fc.nat(4), { minLength: 8, maxLength: 8 }),
      quad: fc.boolean(),
      gap: fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 8 })),
    })
    .map(({ upper, padding, quad, gap: [start, length] }) => {
      const parts = groups.map((group, at) => group.toString(16).padStart(padding[at]!, "0"));
      if (quad) parts.splice(6, 2, [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join("."));
      const end = Math.min(start + length, quad ? 6 : 8);
      const canShorten = start < end && groups.slice(start, end).every((group) => group === 0);
      const text = canShorten ? `${parts.slice(0, start).join(":")}::${parts.slice(end).join(":")}` : parts.join(":");
      return upper ? text.toUpperCase() : text;
    });
}

/** Texts at the edge of being an address: a proper one with a few characters put in, left out or changed. */
export const nearMisses: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(fc.ipV4(), groups.chain(spelling), fc.constantFrom("fe80::1%eth0", "::", "::ffff:192.0.2.1", "1:2:3:4:5:6:7::")),
    fc.array(fc.tuple(fc.nat(45), fc.nat(2), fc.string({ unit: fc.constantFrom(..."0123456789abcdefABCDEFg:::...% -/"), maxLength: 2 })), {
      maxLength: 3,
    }),
  )
  .map(([text, edits]) => edits.reduce((edited, [at, cut, put]) => edited.slice(0, at) + put + edited.slice(at + cut), text));
