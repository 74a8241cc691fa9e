export type { Importer, LineEvents, LineMalformed, LineResult, LineSkipped } from "./import/importer.js";
export { type OpensshOptions, openssh } from "./import/openssh.js";
