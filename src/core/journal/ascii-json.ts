/**
 * A value as JSON in ASCII, so that a journal is as long in bytes as in characters, whatever counts them.
 *
 * @example
 * asciiJson("Zo\u00eb"); //=> '"Zo\\u00eb"'
 */
export function asciiJson(value: unknown): string {
  const json = JSON.stringify(value);
  return beyondAscii.test(json) ? json.replace(everyBeyondAscii, escaped) : json;
}

const beyondAscii = /[\u007f-\uffff]/;
const everyBeyondAscii = /[\u007f-\uffff]/g;

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
