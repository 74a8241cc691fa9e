import { defineConfig } from "tsup";

/** ESM only: tsup then keeps shared code in shared chunks, so a class or constant exists once whichever entry is imported. */
export default defineConfig({
  entry: {
    index: "src/index.ts",
    "schema/public": "src/schema/public.ts",
    "formats/public": "src/formats/public.ts",
    "testing/public": "src/testing/public.ts",
    "cli/bin": "src/cli/bin.ts",
  },
  format: "esm",
  target: "es2023",
  platform: "node",
  dts: {
    entry: {
      index: "src/index.ts",
      "schema/public": "src/schema/public.ts",
      "formats/public": "src/formats/public.ts",
      "testing/public": "src/testing/public.ts",
    },
  },
  clean: true,
  noExternal: ["date-fns"],
  external: ["vitest"],
});
