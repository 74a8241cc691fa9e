/** What a pure core has no business with: each name stands for a way to ask the world something. */
const ambient: readonly (readonly [holder: object, name: string])[] = [
  [Date, "now"],
  [Math, "random"],
  [performance, "now"],
  [globalThis, "crypto"],
  [globalThis, "Date"],
  [globalThis, "setTimeout"],
  [globalThis, "setImmediate"],
  [globalThis, "queueMicrotask"],
  [globalThis, "fetch"],
  [process, "hrtime"],
  [process, "nextTick"],
  [process, "env"],
];

/** Runs something while every clock, chance, timer, key and setting throws when it is touched. */
export function withoutAmbient<T>(run: () => T): T {
  const poisoned = (name: string) => (): never => {
    throw new Error(`the core touched ${name}`);
  };
  const saved = ambient.map(([holder, name]) => Object.getOwnPropertyDescriptor(holder, name));
  try {
    for (const [holder, name] of ambient) Object.defineProperty(holder, name, { configurable: true, get: poisoned(name) });
    return run();
  } finally {
    ambient.forEach(([holder, name], i) => {
      const descriptor = saved[i];
      if (descriptor === undefined) Reflect.deleteProperty(holder, name);
      else Object.defineProperty(holder, name, descriptor);
    });
  }
}
