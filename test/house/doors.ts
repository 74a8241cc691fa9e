import * as formats from "../../src/formats/public.js";
import * as guard from "../../src/guard/public.js";
import * as core from "../../src/index.js";
import * as authJs from "../../src/integrations/auth-js.js";
import * as betterAuth from "../../src/integrations/better-auth.js";
import * as express from "../../src/integrations/express.js";
import * as fastify from "../../src/integrations/fastify.js";
import * as hono from "../../src/integrations/hono.js";
import * as schema from "../../src/schema/public.js";
import * as postgres from "../../src/stores/postgres/public.js";
import * as redis from "../../src/stores/redis/public.js";
import * as testing from "../../src/testing/public.js";

/** Every door of the package, under the name by which it is imported. */
export const doors = {
  portcullis: core,
  "portcullis/schema": schema,
  "portcullis/formats": formats,
  "portcullis/guard": guard,
  "portcullis/stores/redis": redis,
  "portcullis/stores/postgres": postgres,
  "portcullis/express": express,
  "portcullis/fastify": fastify,
  "portcullis/hono": hono,
  "portcullis/better-auth": betterAuth,
  "portcullis/auth-js": authJs,
  "portcullis/testing": testing,
};
