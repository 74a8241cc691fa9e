import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { memoryAdapter } from "better-auth/adapters/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAuth, createAuthServer } from "../../examples/better-auth/auth.js";
import { createGuard, type DecisionRecord } from "../../src/guard/public.js";
import { clientAddress } from "../../src/integrations/client-address/client-address.js";
import { textOf } from "../house/source-files.js";

const file = "examples/better-auth/auth.ts";
const page = "docs/how-to/protect-better-auth.md";
const person = { email: "ann@example.org", password: "correct horse battery staple" };

describe(file, () => {
  const records: DecisionRecord[] = [];
  let server: Server;
  let url: string;

  beforeAll(async () => {
    const guard = createGuard({ secrets: ["a secret of the example, 32 bytes or more"], onDecision: (record) => records.push(record) });
    const auth = createAuth(guard, clientAddress({ trusted: [] }), {
      baseURL: "http://auth.example",
      secret: "a secret of better-auth, 32 bytes or more",
      database: memoryAdapter({ user: [], session: [], account: [], verification: [], twoFactor: [] }),
      logger: { disabled: true },
    });
    await auth.api.signUpEmail({ body: { ...person, name: "Ann" } });
    server = await createAuthServer(auth);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/auth/sign-in/email`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const signIn = (password: string): Promise<Response> =>
    fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...person, password }) });

  it("lets a right password in, from the address of the socket", async () => {
    const response = await signIn(person.password);
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie().map((cookie) => cookie.split("=")[0])).toEqual([
      "better-auth.session_token",
      "portcullis_device",
    ]);
    expect(records.at(-1)?.event).toMatchObject({ outcome: "success", source: { ip: "127.0.0.1" } });
  });

  it("stops guesses at the limit of the default policy", async () => {
    const statuses = [];
    for (let n = 0; n < 12; n++) statuses.push((await signIn(`guess ${n}`)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  });
});

describe(page, () => {
  it("shows what the example does", () => {
    const blocks = [...textOf(page).matchAll(/^```js\n\/\/ examples\/better-auth\/auth\.ts\n([\s\S]*?)^```/gm)].map(([, block]) =>
      block!.trim(),
    );
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.filter((block) => !textOf(file).includes(block))).toEqual([]);
  });
});
