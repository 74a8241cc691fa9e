/**
 * Asks a question twice, of frozen copies, with the clock and chance out of reach.
 *
 * @throws TypeError when the question changes what it is given; Error when it looks at a clock or draws lots, or when the two answers differ.
 */
export function askTwice<Readings, Subject, Answer>(
  ask: (readings: Readings, subject: Subject) => Answer,
  readings: Readings,
  subject: Subject,
): Answer {
  const once = (): Answer => withoutChance(() => ask(deepFreeze(structuredClone(readings)), deepFreeze(structuredClone(subject))));
  const first = once();
  const second = once();
  if (!isSame(first, second)) {
    throw new Error(`is not pure: asked twice, it answered ${JSON.stringify(first)} and then ${JSON.stringify(second)}`);
  }
  return first;
}

/** Whether two pieces of plain data are the same, the order of their properties left aside. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isSame(a[key as keyof typeof a], b[key as keyof typeof b]));
}

function withoutChance<T>(run: () => T): T {
  const { now } = Date;
  const { random } = Math;
  Date.now = () => {
    throw new Error("is not pure: it reads the clock");
  };
  Math.random = () => {
    throw new Error("is not pure: it draws lots");
  };
  try {
    return run();
  } finally {
    Date.now = now;
    Math.random = random;
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
