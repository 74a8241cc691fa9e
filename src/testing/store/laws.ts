/** What a store must keep to, by name: each rejects where it does not. */
export type Laws = Readonly<Record<string, () => Promise<void>>>;
