import { describe, expectTypeOf, it } from "vitest";
import type * as z from "zod";
import type { detectorCatalogue } from "../../src/core/detectors/catalogue.js";
import type { ruleCatalogue } from "../../src/core/rules/catalogue.js";
import type { detectorOptionSchemas } from "../../src/schema/detector-option-schemas.js";
import type { OptionsOf } from "../../src/schema/options-of.js";
import type { ruleOptionSchemas } from "../../src/schema/rule-option-schemas.js";

type Flat<T> = T extends unknown ? { [Key in keyof T]: T[Key] } : never;
type Outputs<Schemas> = { readonly [Id in keyof Schemas]: Schemas[Id] extends z.ZodType ? Flat<z.output<Schemas[Id]>> : never };
type Options<Catalogue> = {
  readonly [Id in keyof Catalogue]: Catalogue[Id] extends (...args: never[]) => unknown ? Flat<OptionsOf<Catalogue[Id]>> : never;
};

describe("option schemas and core options are the same, both ways", () => {
  it("rules", () => {
    expectTypeOf<Outputs<typeof ruleOptionSchemas>>().toEqualTypeOf<Options<typeof ruleCatalogue>>();
  });

  it("detectors", () => {
    expectTypeOf<Outputs<typeof detectorOptionSchemas>>().toEqualTypeOf<Options<typeof detectorCatalogue>>();
  });

  it("a missing option, another type and a lost readonly are noticed", () => {
    type Service = Options<typeof ruleCatalogue>["service-account"];
    expectTypeOf<Service & { readonly extra?: string }>().not.toEqualTypeOf<Service>();
    expectTypeOf<{ readonly action?: string }>().not.toEqualTypeOf<Service>();
    expectTypeOf<{ action?: NonNullable<Service["action"]> }>().not.toEqualTypeOf<Service>();
    expectTypeOf<{ readonly action?: NonNullable<Service["action"]> }>().toEqualTypeOf<Service>();
  });
});
