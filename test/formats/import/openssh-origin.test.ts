import { describe, expect, it } from "vitest";
import { readOrigin, readOriginWithPort } from "../../../src/formats/import/openssh-origin.js";

describe("an sshd message's origin", () => {
  const withPort = (text: string) => readOriginWithPort(text, 0, text.length);
  const without = (text: string) => readOrigin(text, 0, text.length);
  it.each([
    ["a name and a host", withPort("bob from 192.0.2.7 port 1"), { name: "bob", host: "192.0.2.7" }],
    ["an empty name", withPort(" from 192.0.2.7 port 1"), { name: "", host: "192.0.2.7" }],
    ["an origin in the name", withPort("a from b port 2 from c port 1"), { name: "a from b port 2", host: "c" }],
    ["no name, not even an empty one", withPort("from 192.0.2.7 port 1"), undefined],
    ["no port", withPort("bob from 192.0.2.7"), undefined],
    ["six digits", withPort("bob from 192.0.2.7 port 123456"), undefined],
    ["no host", withPort("bob from  port 1"), undefined],
    ["no from", withPort("bob 192.0.2.7 port 1"), undefined],
    ["a host without a port", without("bob from 192.0.2.7"), { name: "bob", host: "192.0.2.7" }],
    ["from without a host", without("bob from "), undefined],
    ["nothing", without(""), undefined],
  ])("%s", (_, origin, expected) => expect(origin).toEqual(expected));

  it("does not look before the name's beginning", () => {
    const text = "x from 192.0.2.7 port 1";
    expect(readOriginWithPort(text, 2, text.length)).toBeUndefined();
    expect(readOriginWithPort(text, 1, text.length)).toEqual({ name: "", host: "192.0.2.7" });
  });
});
