/** Whether a value of parsed JSON is an object, and neither a list nor `null`. */
export function isJsonObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
