export { InputError, type InputErrorCode, type InputIssue } from "./input-error.js";
export { eventJsonSchema, type JsonSchema, policyJsonSchema } from "./json-schemas.js";
export type { KnownParts } from "./known-parts.js";
export { parseEvent } from "./parse-event.js";
export { parseJson } from "./parse-json.js";
export { parsePolicy, parsePolicyText } from "./parse-policy.js";
export { isPlainRow, type PlainRowReading, readPlainRow } from "./plain-row.js";
export { type EventReading, type ReadEventOptions, readEvent } from "./read-event.js";
