/** What went wrong with a store. */
export type StoreErrorCode = "unreachable" | "deadline" | "nonsense";

/**
 * A store that could not do what it was asked, as an operator's call sees it (`unlock`, `forget`, `exportAccount`). A login never sees one: there the
 * guard answers as its `onStoreFailure` says.
 */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
