import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const src = fileURLToPath(new URL("./src", import.meta.url));

export default defineConfig({
  resolve: {
    // examples import the package by its entry points, as users do; tests run them on the source
    alias: [
      { find: /^portcullis$/, replacement: `${src}/index.ts` },
      { find: /^portcullis\/(schema|formats|guard|testing|stores\/redis|stores\/postgres)$/, replacement: `${src}/$1/public.ts` },
      { find: /^portcullis\/(express|fastify|hono|better-auth|auth-js)$/, replacement: `${src}/integrations/$1.ts` },
    ],
  },
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 },
});
