import { createServer } from "node:net";
import { expect } from "vitest";
import { clientAddress } from "../../../src/integrations/client-address/client-address.js";
import type { Row } from "../acceptance-matrix.js";
import { limit } from "../login-host.js";
import { expectAdmitted, expectThrottled, wrongAnswer } from "./expect-answer.js";

const right = { account: "ann", password: "right" };
const wrongForm = { account: "ann", password: "wrong" };
const forwarded = (value: string) => ({ headers: { "X-Forwarded-For": value } });

/** Whether this machine has sockets that take IPv4 and IPv6. */
const hasDualStack = await new Promise<boolean>((resolve) => {
  const server = createServer();
  server.on("error", () => resolve(false));
  server.listen(0, "::", () => server.close(() => resolve(true)));
});

/** Where a login comes from. */
export const sourceRows: readonly Row[] = [
  {
    name: "a spoofed X-Forwarded-For, no trusted proxy: the socket counts, and nothing else",
    async run(bench) {
      const stage = await bench.start({ address: clientAddress({ trusted: [] }) });
      for (let n = 0; n < limit; n++) await stage.server.login(wrongForm, forwarded(`203.0.113.${n}`));
      expect(new Set(stage.host.records.map(({ event }) => event.source.ip))).toEqual(new Set(["127.0.0.1"]));
      expectThrottled(bench, await stage.server.login(right, forwarded("203.0.113.200")), await wrongAnswer(stage));
      // the address that was named has nothing against it
      await expectAdmitted(bench, stage, right, { from: "127.0.0.2", ...forwarded("203.0.113.0") });
    },
  },
  {
    name: "a spoofed X-Forwarded-For behind a trusted proxy: what the proxy wrote counts, whatever stands before it",
    async run(bench) {
      const stage = await bench.start({ address: clientAddress({ trusted: ["127.0.0.1"], header: "x-forwarded-for" }) });
      for (let n = 0; n < limit; n++) await stage.server.login(wrongForm, forwarded(`203.0.113.${n}, 198.51.100.7`));
      expect(new Set(stage.host.records.map(({ event }) => event.source.ip))).toEqual(new Set(["198.51.100.7"]));
      expectThrottled(bench, await stage.server.login(right, forwarded("203.0.113.200, 198.51.100.7")), await wrongAnswer(stage));
      await expectAdmitted(bench, stage, right, forwarded("198.51.100.7, 198.51.100.8"));
      // past the proxy the header is not read
      await expectAdmitted(bench, stage, right, { from: "127.0.0.2", ...forwarded("198.51.100.7") });
      expect(stage.host.records.at(-1)?.event.source.ip).toBe("127.0.0.2");
    },
  },
  {
    name: "IPv4 written as IPv6 in a header is the IPv4 address",
    async run(bench) {
      const stage = await bench.start({ address: clientAddress({ trusted: ["127.0.0.1"], header: "x-forwarded-for" }) });
      for (let n = 0; n < limit; n++) await stage.server.login(wrongForm, forwarded(n % 2 ? "::ffff:192.0.2.1" : "192.0.2.1"));
      for (const spelling of ["192.0.2.1", "::ffff:192.0.2.1", "::ffff:c000:201"])
        expectThrottled(bench, await stage.server.login(right, forwarded(spelling)), await wrongAnswer(stage));
      await expectAdmitted(bench, stage, right, forwarded("192.0.2.2"));
    },
  },
  {
    name: "an IPv4 client on an IPv6 socket is the same client as on an IPv4 socket",
    skip: hasDualStack ? undefined : "this machine has no IPv6",
    async run(bench) {
      const stage = await bench.start();
      const dual = await bench.closing(bench.adapter.start(stage.host, "::"));
      for (let n = 0; n < limit; n++) await dual.login(wrongForm);
      expectThrottled(bench, await stage.server.login(right), await wrongAnswer(stage));
      await expectAdmitted(bench, { ...stage, server: dual }, right, { to: "::1" });
    },
  },
];
