import { PGlite } from "@electric-sql/pglite";
import { postgresMigration, postgresStore } from "../../src/stores/postgres/public.js";
import { describeStore } from "../../src/testing/describe-store.js";

describeStore("PGlite", async () => {
  const db = new PGlite();
  await db.exec(postgresMigration());
  return { store: postgresStore({ query: (text, params) => db.query(text, params) }), dispose: () => db.close() };
});
