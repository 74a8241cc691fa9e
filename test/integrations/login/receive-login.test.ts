import { describe, expect, it } from "vitest";
import type { Hop } from "../../../src/integrations/client-address/client-address.js";
import { guardedLogin, type LoginForm } from "../../../src/integrations/login/guarded-login.js";
import { receiveLogin } from "../../../src/integrations/login/receive-login.js";
import { loginHost } from "../login-host.js";

const hop: Hop = { peer: "192.0.2.7", header: () => undefined };

const receive = (attempt: (request: string, client: string | undefined) => LoginForm | undefined | Promise<LoginForm | undefined>) => {
  const host = loginHost();
  const options = { guard: host.guard, address: host.address, attempt };
  return { host, received: receiveLogin(guardedLogin(options), options, "request", hop) };
};

describe("reads the form", () => {
  it("with the request and the client's address", async () => {
    const { received } = receive((request, client) => ({ account: `${request} from ${client}` }));
    expect((await received).attempt?.account).toBe("request from 192.0.2.7");
  });

  it("without believing a form that names an address, a device or a way of its own", async () => {
    const spread = {
      account: "ann",
      hop: { peer: "203.0.113.9", header: () => undefined },
      source: { ip: "203.0.113.9" },
      deviceToken: "x",
    };
    const { host, received } = receive(() => spread as LoginForm);
    await received;
    expect(host.records[0]?.event).toMatchObject({ source: { ip: "192.0.2.7" } });
    expect(host.records[0]?.event.client).toBeUndefined();
  });
});

describe("finds no attempt, and counts nothing", () => {
  it.each<readonly [string, unknown]>([
    ["a form that says nothing", undefined],
    ["no account", {}],
    ["an empty account", { account: "" }],
    ["an account of blanks", { account: "  " }],
    ["an account that is no text", { account: { $ne: "" } }],
    ["an account longer than can be counted", { account: "x".repeat(513) }],
  ])("%s", async (_, form) => {
    const { host, received } = receive(() => form as LoginForm | undefined);
    expect(await received).toEqual({ attempt: undefined, reply: undefined });
    expect(host.records).toEqual([]);
  });
});

describe("rejects with an Error and nothing else", () => {
  it.each([undefined, null, 0, "", "route", { message: "no error" }])("for %j", async (thrown) => {
    const rejected = await receive(() => Promise.reject(thrown)).received.catch((error: unknown) => error);
    expect(rejected).toBeInstanceOf(Error);
    expect((rejected as Error).cause).toBe(thrown);
  });

  it("an Error as it is", async () => {
    const error = new TypeError("as it is");
    const throws = () => {
      throw error;
    };
    await expect(receive(throws).received).rejects.toBe(error);
  });
});
