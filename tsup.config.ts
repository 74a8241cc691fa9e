import { defineConfig } from "tsup";

/** The doors of the package, by where they come to stand in `dist`. */
const doors = {
  index: "src/index.ts",
  "schema/public": "src/schema/public.ts",
  "formats/public": "src/formats/public.ts",
  "guard/public": "src/guard/public.ts",
  "stores/redis/public": "src/stores/redis/public.ts",
  "stores/postgres/public": "src/stores/postgres/public.ts",
  "integrations/express": "src/integrations/express.ts",
  "integrations/fastify": "src/integrations/fastify.ts",
  "integrations/hono": "src/integrations/hono.ts",
  "integrations/better-auth": "src/integrations/better-auth.ts",
  "integrations/auth-js": "src/integrations/auth-js.ts",
  "testing/public": "src/testing/public.ts",
};

/** ESM only: tsup then keeps shared code in shared chunks, so a class or constant exists once whichever entry is imported. */
export default defineConfig({
  entry: { ...doors, "cli/bin": "src/cli/bin.ts" },
  format: "esm",
  target: "es2023",
  platform: "node",
  dts: { entry: doors },
  clean: true,
  noExternal: ["date-fns"],
  external: ["vitest"],
});
