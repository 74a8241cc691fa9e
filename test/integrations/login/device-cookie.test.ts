import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deviceCookie } from "../../../src/integrations/login/device-cookie.js";

const read = (header: string | readonly string[] | undefined, name = "device") =>
  deviceCookie(name, { days: 1 }).read({ peer: undefined, header: (asked) => (asked === "cookie" ? header : undefined) });

describe("reads", () => {
  it.each<readonly [string, string | readonly string[] | undefined, string | undefined]>([
    ["no header", undefined, undefined],
    ["an empty header", "", undefined],
    ["the only cookie", "device=a.b~c-d_e", "a.b~c-d_e"],
    ["one among others", "theme=dark; device=abc; session=1", "abc"],
    ["one without a blank", "theme=dark;device=abc", "abc"],
    ["an equals sign in the value", "device=a=b", "a=b"],
    ["an empty value", "device=", ""],
    ["of two the first", "device=a; device=b", "a"],
    ["another that ends alike", "my-device=abc", undefined],
    ["another that begins alike", "devices=abc", undefined],
    ["a name without a value", "device", undefined],
    ["a name that is one character longer and has no value", "devicex", undefined],
    ["capitals, which make another name", "Device=abc", undefined],
    ["several lines", ["theme=dark", "device=abc"], "abc"],
  ])("%s", (_, header, expected) => expect(read(header)).toBe(expected));

  it("no header makes it throw", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (header) => void read(header)));
  });

  it("what it writes", () => {
    const { write } = deviceCookie("__Host-device", { days: 90 });
    expect(read(write("a.b~c").split(";")[0], "__Host-device")).toBe("a.b~c");
  });
});

describe("writes", () => {
  it.each([
    ["90 days", { days: 90 }, 7_776_000],
    ["half a second, which is no deletion", { seconds: 0.5 }, 1],
  ])("for %s", (_, within, seconds) => {
    expect(deviceCookie("device", within).write("t")).toBe(`device=t; Max-Age=${seconds}; Path=/; HttpOnly; Secure; SameSite=Lax`);
  });
});

describe("refuses", () => {
  it.each(["", "a b", "a;b", "a=b", "a\n", "ä", "x".repeat(101)])("the name %j", (name) => {
    expect(() => deviceCookie(name, { days: 1 })).toThrow(RangeError);
  });
  it("no time at all", () => expect(() => deviceCookie("device", { days: 0 })).toThrow(RangeError));
});
