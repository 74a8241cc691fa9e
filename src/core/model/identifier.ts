/** Refuses an id that is not kebab-case: ids are file names, anchors and keys. */
export function assertId(what: string, id: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) throw new RangeError(`${what} id \`${id}\`: expected kebab-case`);
}
