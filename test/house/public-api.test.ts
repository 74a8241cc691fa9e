import { describe, expect, it } from "vitest";
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
import publicNames from "./public-names.json" with { type: "json" };
import { filesBelow, root, textOf } from "./source-files.js";

const doors = {
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

/** Names that came or went. */
function drift(door: Readonly<Record<string, unknown>>, pinned: readonly string[]): { readonly new: string[]; readonly gone: string[] } {
  const names = Object.keys(door).sort();
  return { new: names.filter((name) => !pinned.includes(name)), gone: pinned.filter((name) => !names.includes(name)) };
}

describe("the public API", () => {
  it.each(Object.entries(doors))("%s has the names that it is pinned to (test/house/public-names.json)", (entry, door) => {
    expect(drift(door, publicNames[entry as keyof typeof publicNames])).toEqual({ new: [], gone: [] });
  });

  it("every entry point of the package is pinned, and the other way round", () => {
    const { exports } = JSON.parse(textOf("package.json")) as { exports: Record<string, unknown> };
    const entries = Object.keys(exports)
      .filter((entry) => entry !== "./package.json")
      .map((entry) => entry.replace(/^\./, "portcullis"));
    expect(entries.sort()).toEqual(Object.keys(publicNames).sort());
  });

  it("no door exports everything", () => {
    const doorFiles = ["src/index.ts", ...filesBelow("src", ["public.ts"]), ...filesBelow("src/integrations", [".ts"])];
    expect(doorFiles.length).toBeGreaterThan(3);
    expect(doorFiles.filter((path) => /export \*/.test(textOf(path)))).toEqual([]);
    expect(root).not.toBe("");
  });

  it("catches a forged addition and a loss", () => {
    expect(drift({ ...core, forged: 1 }, Object.keys(core))).toEqual({ new: ["forged"], gone: [] });
    expect(drift({}, ["evaluateLogin"])).toEqual({ new: [], gone: ["evaluateLogin"] });
  });
});
