type Schema = { readonly [keyword: string]: unknown };

const annotations: ReadonlySet<string> = new Set(["$schema", "$id", "$defs", "title", "description", "default", "format", "id"]);

/**
 * Whether a value fits a JSON Schema, for the few keywords that ours use. A keyword that it does not know is an error, so that it
 * cannot pass what it never looked at.
 */
export function fits(root: Schema, value: unknown, schema: Schema = root): boolean {
  return Object.entries(schema).every(([keyword, wanted]) => annotations.has(keyword) || holds(root, schema, keyword, wanted, value));
}

function holds(root: Schema, schema: Schema, keyword: string, wanted: unknown, value: unknown): boolean {
  const sub = (part: unknown, of: unknown): boolean => fits(root, of, part as Schema);
  switch (keyword) {
    case "$ref":
      return sub((root.$defs as Schema)[(wanted as string).replace("#/$defs/", "")], value);
    case "anyOf":
      return (wanted as Schema[]).some((branch) => sub(branch, value));
    case "allOf":
      return (wanted as Schema[]).every((branch) => sub(branch, value));
    case "not":
      return !sub(wanted, value);
    case "type":
      return isOfType(value, wanted);
    case "const":
      return value === wanted;
    case "enum":
      return (wanted as unknown[]).includes(value);
    case "minimum":
      return typeof value !== "number" || value >= (wanted as number);
    case "maximum":
      return typeof value !== "number" || value <= (wanted as number);
    case "minLength":
      return typeof value !== "string" || value.length >= (wanted as number);
    case "maxLength":
      return typeof value !== "string" || value.length <= (wanted as number);
    case "pattern":
      return typeof value !== "string" || new RegExp(wanted as string, "u").test(value);
    case "minItems":
      return !Array.isArray(value) || value.length >= (wanted as number);
    case "items":
      return !Array.isArray(value) || value.every((item) => sub(wanted, item));
    case "required":
      return !isObject(value) || (wanted as string[]).every((key) => Object.hasOwn(value, key));
    case "properties":
      return (
        !isObject(value) || Object.entries(wanted as Schema).every(([key, part]) => !Object.hasOwn(value, key) || sub(part, value[key]))
      );
    case "additionalProperties":
      if (wanted !== false) throw new Error("additionalProperties other than false");
      return !isObject(value) || Object.keys(value).every((key) => Object.hasOwn(schema.properties as Schema, key));
    default:
      throw new Error(`unknown keyword ${keyword}`);
  }
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  return typeof value === type;
}

function isObject(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
