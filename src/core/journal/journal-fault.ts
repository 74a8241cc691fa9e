/** A journal that is not what was written: a store answered nonsense. Its text never stands in the message. */
export function journalFault(expected: string): TypeError {
  return new TypeError(`journal: expected ${expected}`);
}
