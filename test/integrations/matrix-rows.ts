import type { Row } from "./acceptance-matrix.js";
import { credentialRows } from "./rows/credential-rows.js";
import { proofRows } from "./rows/proof-rows.js";
import { sourceRows } from "./rows/source-rows.js";
import { storeRows } from "./rows/store-rows.js";
import { underFireRows } from "./rows/under-fire-rows.js";

/** The rows of the acceptance matrix. */
export const matrixRows: readonly Row[] = [...credentialRows, ...proofRows, ...underFireRows, ...sourceRows, ...storeRows];
