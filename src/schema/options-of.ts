/** The options that a factory of a catalogue takes; an empty object when it takes none. */
export type OptionsOf<Factory extends (...args: never[]) => unknown> =
  Parameters<Factory> extends readonly [] ? Readonly<Record<string, never>> : NonNullable<Parameters<Factory>[0]>;
