import { describe, expect, it } from "vitest";
import { readRepeatedMessage } from "../../../src/formats/import/repeated-message.js";

describe("readRepeatedMessage", () => {
  it.each([
    ["a message", "Failed", { times: 1, message: "Failed" }],
    ["a folded message", "message repeated 5 times: [ Failed]", { times: 5, message: "Failed" }],
    ["a folded message with brackets", "message repeated 5 times: [ a [b]]", { times: 5, message: "a [b]" }],
    ["a folded message that begins with a blank", "message repeated 5 times: [  a]", { times: 5, message: " a" }],
    ["nothing, folded", "message repeated 5 times: []", { times: 5, message: "" }],
    ["no count", "message repeated times: [ a]", "bad-repeat"],
    ["no bracket", "message repeated 5 times", "bad-repeat"],
    ["another word", "message repeated 5 time: [ a]", "bad-repeat"],
    ["too many", "message repeated 10001 times: [ a]", "too-many-repeats"],
  ])("%s", (_, message, expected) => expect(readRepeatedMessage(message)).toEqual(expected));
});
