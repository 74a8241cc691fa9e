import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalAddress } from "../../../src/core/network/canonical-address.js";
import { type ClientAddressOptions, clientAddress } from "../../../src/integrations/client-address/client-address.js";
import { forwardedHops } from "../../../src/integrations/client-address/forwarded-hops.js";
import { xForwardedForHops } from "../../../src/integrations/client-address/x-forwarded-for-hops.js";

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const ask = (options: ClientAddressOptions, peer: string | undefined, headers: Headers = {}) =>
  clientAddress(options)({ peer, header: (name) => headers[name] });

const direct: ClientAddressOptions = { trusted: [] };
const proxied: ClientAddressOptions = { trusted: ["10.0.0.0/8", "203.0.113.0/24", "2001:db8:cd::/48"], header: "x-forwarded-for" };
const forwarded: ClientAddressOptions = { ...proxied, header: "forwarded" };
const onSocket: ClientAddressOptions = { trusted: ["unix"], header: "x-forwarded-for" };

describe("a direct server", () => {
  it.each([
    ["the peer is the client", "192.0.2.1", "192.0.2.1"],
    ["an IPv4-mapped peer is IPv4", "::ffff:192.0.2.1", "192.0.2.1"],
    ["an IPv6 peer is spelled canonically, without its zone", "2001:0DB8:0::1%eth0", "2001:db8::1"],
    ["a Unix socket has no address", undefined, undefined],
    ["a malformed peer has no address", "localhost", undefined],
    ["an empty peer has no address", "", undefined],
  ])("%s", (_, peer, expected) => {
    expect(ask(direct, peer, { "x-forwarded-for": "198.51.100.7", forwarded: "for=198.51.100.7" })).toBe(expected);
  });
});

describe("behind proxies that write X-Forwarded-For", () => {
  it.each<readonly [string, string | undefined, string | readonly string[] | undefined, string | undefined]>([
    ["one proxy", "10.0.0.1", "192.0.2.1", "192.0.2.1"],
    ["two proxies", "10.0.0.1", "192.0.2.1, 203.0.113.5", "192.0.2.1"],
    ["three proxies", "10.0.0.1", "192.0.2.1, 203.0.113.5, 10.0.0.2", "192.0.2.1"],
    ["a spoofed header, direct", "192.0.2.66", "198.51.100.7", "192.0.2.66"],
    ["a spoofed header that names a proxy, direct", "192.0.2.66", "198.51.100.7, 10.0.0.1", "192.0.2.66"],
    ["a spoofed header through a proxy that appends", "10.0.0.1", "198.51.100.7, 192.0.2.66", "192.0.2.66"],
    ["a spoofed header through two proxies", "10.0.0.1", "198.51.100.7, 192.0.2.66, 203.0.113.5", "192.0.2.66"],
    ["a spoofed chain of trusted hops", "10.0.0.1", "198.51.100.7, 10.0.0.9, 192.0.2.66", "192.0.2.66"],
    ["rubbish to the left of the client", "10.0.0.1", "unknown, , %%, 192.0.2.1", "192.0.2.1"],
    ["all hops trusted: the left-most", "10.0.0.1", "10.9.9.9, 203.0.113.5", "10.9.9.9"],
    ["one hop, and it is trusted", "10.0.0.1", "10.9.9.9", "10.9.9.9"],
    ["a trusted peer without the header", "10.0.0.1", undefined, undefined],
    ["a trusted peer with the header in no lines", "10.0.0.1", [], undefined],
    ["an empty header", "10.0.0.1", "", undefined],
    ["blanks for a header", "10.0.0.1", " \t ", undefined],
    ["a comma for a header", "10.0.0.1", ",", undefined],
    ["`unknown` in the place of the client", "10.0.0.1", "unknown", undefined],
    ["`unknown` is not skipped", "10.0.0.1", "192.0.2.1, unknown, 10.0.0.2", undefined],
    ["an obfuscated name is not skipped", "10.0.0.1", "192.0.2.1, _hidden", undefined],
    ["an empty hop on the right is not skipped", "10.0.0.1", "192.0.2.1,", undefined],
    ["an empty hop between proxies is not skipped", "10.0.0.1", "192.0.2.1, , 10.0.0.2", undefined],
    ["a malformed hop is not skipped", "10.0.0.1", "192.0.2.1, 999.1.1.1", undefined],
    ["a short form of an address", "10.0.0.1", "127.1", undefined],
    ["a leading zero", "10.0.0.1", "192.0.2.01", undefined],
    ["a block", "10.0.0.1", "192.0.2.0/24", undefined],
    ["a quoted address", "10.0.0.1", '"192.0.2.1"', undefined],
    ["a line break after the address", "10.0.0.1", "192.0.2.1\n", undefined],
    ["a NUL before the address", "10.0.0.1", "\x0192.0.2.1", undefined],
    ["a no-break space before the address", "10.0.0.1", "\u00a0192.0.2.1", undefined],
    ["`__proto__`", "10.0.0.1", "__proto__", undefined],
    ["no blanks", "10.0.0.1", "192.0.2.1,203.0.113.5", "192.0.2.1"],
    ["many blanks and tabs", "10.0.0.1", "  192.0.2.1 \t ,\t203.0.113.5  ", "192.0.2.1"],
    ["several lines are one list", "10.0.0.1", ["192.0.2.1", "203.0.113.5, 10.0.0.2"], "192.0.2.1"],
    ["a spoofed line before the proxy's", "10.0.0.1", ["198.51.100.7", "192.0.2.66"], "192.0.2.66"],
    ["an empty last line is an empty hop", "10.0.0.1", ["192.0.2.1", ""], undefined],
    ["a port", "10.0.0.1", "192.0.2.1:4711", "192.0.2.1"],
    ["a port of a proxy", "10.0.0.1", "192.0.2.1, 203.0.113.5:443", "192.0.2.1"],
    ["an empty port", "10.0.0.1", "192.0.2.1:", undefined],
    ["a port of six digits", "10.0.0.1", "192.0.2.1:123456", undefined],
    ["two ports", "10.0.0.1", "192.0.2.1:1:2", undefined],
    ["IPv6", "10.0.0.1", "2001:db8::1", "2001:db8::1"],
    ["IPv6 in another spelling", "10.0.0.1", "2001:0DB8::0001%eth0", "2001:db8::1"],
    ["IPv6 in brackets", "10.0.0.1", "[2001:db8::1]", "2001:db8::1"],
    ["IPv6 in brackets with a port", "10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"],
    ["IPv6 in an open bracket", "10.0.0.1", "[2001:db8::1", undefined],
    ["IPv6 in two brackets", "10.0.0.1", "[[2001:db8::1]]", undefined],
    ["IPv4 in brackets", "10.0.0.1", "[192.0.2.1]", undefined],
    ["empty brackets", "10.0.0.1", "[]:4711", undefined],
    ["an IPv6 peer that is a proxy", "2001:db8:cd::1", "192.0.2.1", "192.0.2.1"],
    ["an IPv6 hop that is a proxy", "10.0.0.1", "192.0.2.1, [2001:DB8:CD::2]:443", "192.0.2.1"],
    ["an IPv4-mapped peer that is a proxy", "::ffff:10.0.0.1", "192.0.2.1", "192.0.2.1"],
    ["an IPv4-mapped peer in hexadecimal", "::ffff:a00:1", "192.0.2.1", "192.0.2.1"],
    ["an IPv4-mapped hop that is a proxy", "10.0.0.1", "192.0.2.1, ::ffff:10.0.0.2", "192.0.2.1"],
    ["an IPv4-mapped client is IPv4", "10.0.0.1", "::ffff:192.0.2.1", "192.0.2.1"],
    ["an IPv4-mapped client with a port", "10.0.0.1", "[::ffff:192.0.2.1]:4711", "192.0.2.1"],
    ["a Unix socket that is not trusted", undefined, "192.0.2.1", undefined],
    ["a malformed peer", "10.0.0", "192.0.2.1", undefined],
  ])("%s", (_, peer, header, expected) => {
    expect(ask(proxied, peer, { "x-forwarded-for": header, forwarded: "for=198.51.100.99" })).toBe(expected);
  });
});

describe("behind proxies that write Forwarded", () => {
  it.each<readonly [string, string | readonly string[] | undefined, string | undefined]>([
    ["one proxy", "for=192.0.2.1", "192.0.2.1"],
    ["two proxies", "for=192.0.2.1, for=203.0.113.5", "192.0.2.1"],
    ["several parameters", "proto=https;for=192.0.2.1;by=10.0.0.1", "192.0.2.1"],
    ["names in any case", "Proto=https;FOR=192.0.2.1", "192.0.2.1"],
    ["a quoted address", 'for="192.0.2.1"', "192.0.2.1"],
    ["a quoted address with a port", 'for="192.0.2.1:4711"', "192.0.2.1"],
    ["a quoted address with an obfuscated port", 'for="192.0.2.1:_p-1"', "192.0.2.1"],
    ["IPv6 with a port", 'for="[2001:db8::1]:4711"', "2001:db8::1"],
    ["IPv4-mapped", 'for="[::ffff:192.0.2.1]"', "192.0.2.1"],
    ["an escape in the address", 'for="192\\.0.2.\\1"', "192.0.2.1"],
    ["a comma inside quotes", 'for=192.0.2.1;host="a, for=198.51.100.7"', "192.0.2.1"],
    ["a semicolon inside quotes", 'host="a;for=198.51.100.7";for=192.0.2.1', "192.0.2.1"],
    ["an escaped quotation mark inside quotes", 'for=192.0.2.1;host="a\\", for=198.51.100.7, \\""', "192.0.2.1"],
    ["an escaped backslash at the end of quotes", 'for=192.0.2.1;host="a\\\\", for=203.0.113.5', "192.0.2.1"],
    ["an empty quoted text", 'for=192.0.2.1;host=""', "192.0.2.1"],
    ["blanks around commas and semicolons", " for=192.0.2.1 ; proto=http\t,\tfor=203.0.113.5 ", "192.0.2.1"],
    ["a semicolon too many", ";;for=192.0.2.1;", "192.0.2.1"],
    ["several lines are one list", ["for=192.0.2.1", "for=203.0.113.5;proto=http"], "192.0.2.1"],
    ["a spoofed element", "for=198.51.100.7, for=192.0.2.66", "192.0.2.66"],
    ["a spoofed element that opens a quotation", 'for=198.51.100.7;x=", for=192.0.2.66', "192.0.2.66"],
    ["a spoofed quotation before a quoted element", 'for=198.51.100.7;x=", for="192.0.2.66"', "192.0.2.66"],
    ["a spoofed quotation that ends in a backslash", 'x="\\, for="192.0.2.66"', "192.0.2.66"],
    ["a spoofed quotation on a line of its own", ['for=198.51.100.7;x="', "for=192.0.2.66"], "192.0.2.66"],
    ["all hops trusted: the left-most", 'for=10.9.9.9, for="203.0.113.5:443"', "10.9.9.9"],
    ["the header is missing", undefined, undefined],
    ["the header is empty", "", undefined],
    ["`unknown`", "for=192.0.2.1, for=unknown", undefined],
    ["an obfuscated name", "for=192.0.2.1, for=_hidden", undefined],
    ["an element without `for`", "for=192.0.2.1, proto=https;by=203.0.113.5", undefined],
    ["an element with two", "for=192.0.2.1;for=198.51.100.7", undefined],
    ["an empty element", "for=192.0.2.1, , for=203.0.113.5", undefined],
    ["`for` without a value", "for=", undefined],
    ["`for` alone", "for", undefined],
    ["a name that ends in `for`", "xfor=192.0.2.1", undefined],
    ["no name", "192.0.2.1", undefined],
    ["a port without quotes", "for=192.0.2.1:4711", undefined],
    ["IPv6 without quotes", "for=[2001:db8::1]", undefined],
    ["IPv6 without brackets", 'for="2001:db8::1"', undefined],
    ["blanks around the equals sign", "for = 192.0.2.1", undefined],
    ["text after a quoted text", 'for="192.0.2.1"x', undefined],
    ["a quotation that is never closed", 'for="192.0.2.1', undefined],
    ["a quotation that is never opened", 'for=192.0.2.1"', undefined],
    ["a broken parameter after a good one", "for=192.0.2.1;@", undefined],
    ["a control character inside quotes", 'for=192.0.2.1;x="\x01"', undefined],
    ["`__proto__` for a name", "__proto__=x;for=192.0.2.1", "192.0.2.1"],
    ["`__proto__` for a value", "for=__proto__", undefined],
  ])("%s", (_, header, expected) => {
    expect(ask(forwarded, "10.0.0.1", { forwarded: header, "x-forwarded-for": "198.51.100.99" })).toBe(expected);
  });
});

describe("behind a proxy on a Unix socket", () => {
  it.each<readonly [string, ClientAddressOptions, string | undefined, string | undefined, string | undefined]>([
    ["trusted", onSocket, undefined, "198.51.100.7, 192.0.2.1", "192.0.2.1"],
    ["trusted, the header is missing", onSocket, undefined, undefined, undefined],
    ["trusted, and a block behind it", { ...onSocket, trusted: ["10.0.0.0/8", "unix"] }, undefined, "192.0.2.1, 10.0.0.1", "192.0.2.1"],
    ["trusted, the peer has an address all the same", onSocket, "192.0.2.66", "198.51.100.7", "192.0.2.66"],
    ["trusted, a hop called `unix` is no address", onSocket, undefined, "192.0.2.1, unix", undefined],
    ["trusted, an empty peer is not a Unix socket", onSocket, "", "198.51.100.7", undefined],
    ["not trusted", proxied, undefined, "192.0.2.1", undefined],
  ])("%s", (_, options, peer, header, expected) => {
    expect(ask(options, peer, { "x-forwarded-for": header })).toBe(expected);
  });
});

describe("misuse is said when the resolver is made", () => {
  it.each<readonly [string, unknown, typeof RangeError, RegExp]>([
    ["no options", undefined, TypeError, /./],
    ["no trusted", {}, TypeError, /expected `trusted`, the list of your own proxies; \[\] says that there are none$/],
    ["a trusted that is no list", { trusted: "10.0.0.0/8" }, TypeError, /expected `trusted`/],
    ["trust in everybody", { trusted: true }, TypeError, /expected `trusted`/],
    ["trust in a number of hops", { trusted: 1 }, TypeError, /expected `trusted`/],
    ["no header", { trusted: ["10.0.0.0/8"] }, TypeError, /expected `header`, the one your proxies write/],
    ["no header for a Unix socket", { trusted: ["unix"] }, TypeError, /expected `header`/],
    ["another header", { trusted: ["10.0.0.1"], header: "x-real-ip" }, RangeError, /`x-forwarded-for` or `forwarded`/],
    ["a header in capitals", { trusted: ["10.0.0.1"], header: "X-Forwarded-For" }, RangeError, /in lower case/],
    ["`__proto__` for a header", { trusted: ["10.0.0.1"], header: "__proto__" }, RangeError, /`x-forwarded-for` or `forwarded`/],
    ["another header and no proxies", { trusted: [], header: "x-real-ip" }, RangeError, /`x-forwarded-for` or `forwarded`/],
    ["a malformed block", { trusted: ["unix", "10.0.0.0/33"] }, RangeError, /trusted entry 1 `10.0.0.0\/33`: expected an IPv4 or IPv6/],
    ["a malformed address", { trusted: ["10.0.0"] }, RangeError, /trusted entry 0 `10.0.0`/],
    ["a name for a block", { trusted: ["loopback"] }, RangeError, /a CIDR block or `unix`/],
    ["an entry that is no text", { trusted: [10] }, RangeError, /trusted entry 0 `10`/],
    ["an entry of several lines", { trusted: ["10.0.0.1\n10.0.0.2"] }, RangeError, /^.*trusted entry 0 `10.0.0.1\\n10.0.0.2`.*$/],
    ["everybody on IPv4", { trusted: ["0.0.0.0/0"] }, RangeError, /`0.0.0.0\/0` trusts strangers, .*list your own proxies, or \[\]/],
    ["everybody on IPv6", { trusted: ["10.0.0.1", "::/0"] }, RangeError, /entry 1 `::\/0` trusts strangers/],
    ["everybody on IPv4, written as IPv6", { trusted: ["::ffff:0:0/96"] }, RangeError, /trusts strangers/],
    ["half of everybody", { trusted: ["0.0.0.0/1", "128.0.0.0/1"] }, RangeError, /trusts strangers/],
    ["all of IPv6 that is given out", { trusted: ["2000::/3"] }, RangeError, /trusts strangers/],
    ["one bit wider than 10.0.0.0/8", { trusted: ["10.0.0.0/7"] }, RangeError, /trusts strangers/],
    ["one bit wider than fc00::/7", { trusted: ["fc00::/6"] }, RangeError, /trusts strangers/],
  ])("%s", (_, options, kind, message) => {
    const made = () => clientAddress(options as ClientAddressOptions);
    expect(made).toThrow(kind);
    expect(made).toThrow(message);
  });

  it("the widest private blocks are allowed", () => {
    expect(() => clientAddress({ trusted: ["10.0.0.0/8", "fc00::/7"], header: "forwarded" })).not.toThrow();
  });

  it("a header without proxies is never read", () => {
    expect(ask({ trusted: [], header: "forwarded" }, "192.0.2.1", { forwarded: "for=198.51.100.7" })).toBe("192.0.2.1");
  });

  it("the statement of trust does not change with the list it was made from", () => {
    const trusted = ["10.0.0.1"];
    const client = clientAddress({ trusted, header: "x-forwarded-for" });
    trusted[0] = "192.0.2.66";
    trusted.push("unix");
    const header = () => "198.51.100.7";
    expect([client({ peer: "10.0.0.1", header }), client({ peer: "192.0.2.66", header }), client({ peer: undefined, header })]).toEqual([
      "198.51.100.7",
      "192.0.2.66",
      undefined,
    ]);
  });
});

describe("a line has one hop more than it has commas", () => {
  it.each(["", ",", ",,", "192.0.2.1,", ",192.0.2.1", " , "])("%j", (line) => {
    expect([...xForwardedForHops(line)]).toHaveLength(line.split(",").length);
    expect([...forwardedHops(line)]).toHaveLength(line.split(",").length);
  });
});

describe("what is looked at is bounded", () => {
  const repeated = (count: number, hop: string) => Array.from({ length: count }, () => hop);

  it.each([
    ["the hundredth hop from the right is read", 99, "192.0.2.1"],
    ["the hundred and first is not", 100, undefined],
  ])("%s", (_, proxies, expected) => {
    const hops = ["192.0.2.1", ...repeated(proxies, "10.0.0.2")];
    expect(ask(proxied, "10.0.0.1", { "x-forwarded-for": hops.join(",") })).toBe(expected);
    expect(ask(proxied, "10.0.0.1", { "x-forwarded-for": hops })).toBe(expected);
    expect(ask(forwarded, "10.0.0.1", { forwarded: hops.map((hop) => `for=${hop}`).join(",") })).toBe(expected);
  });

  it("a hundred trusted hops and no more have a left-most", () => {
    const header = (count: number) => ({ "x-forwarded-for": ["10.9.9.9", ...repeated(count - 1, "10.0.0.2")].join(",") });
    expect(ask(proxied, "10.0.0.1", header(100))).toBe("10.9.9.9");
    expect(ask(proxied, "10.0.0.1", header(101))).toBeUndefined();
  });

  const room = 8192;

  it.each([
    ["the last 8,192 characters are read", 0, "192.0.2.1"],
    ["an address that is cut off by them is not", 1, undefined],
  ])("%s", (_, excess, expected) => {
    const hop = (length: number) => "10.0.0.2".padStart(length, " ");
    const chain = (blanks: number) => `192.0.2.1,${hop(blanks)}`;
    expect(ask(proxied, "10.0.0.1", { "x-forwarded-for": chain(room + excess - "192.0.2.1,".length) })).toBe(expected);
    expect(ask(proxied, "10.0.0.1", { "x-forwarded-for": ["192.0.2.1", hop(room + excess - "192.0.2.1".length)] })).toBe(expected);
    const element = ";for=10.0.0.2".padStart(room + excess - "for=192.0.2.1,".length, " ");
    expect(ask(forwarded, "10.0.0.1", { forwarded: `for=192.0.2.1,${element}` })).toBe(expected);
  });

  it("a cut never makes an address of the rest of one", () => {
    for (let excess = 1; excess <= 12; excess++) {
      const chain = `192.0.2.111,${"10.0.0.2".padStart(room + excess - "192.0.2.111,".length, " ")}`;
      expect(chain.length - room).toBe(excess);
      expect(ask(proxied, "10.0.0.1", { "x-forwarded-for": chain })).toBeUndefined();
    }
  });

  it("no more than a hundred and one of a million lines are touched", () => {
    let touched = 0;
    const lines = new Proxy(repeated(1_000_000, "10.0.0.2"), {
      get(target, key) {
        if (key !== "length") touched++;
        return Reflect.get(target, key);
      },
    });
    expect(ask(proxied, "10.0.0.1", { "x-forwarded-for": lines })).toBeUndefined();
    expect(touched).toBeLessThanOrEqual(101);
  });

  it.each(['"', "\\", '\\"', '"\\', ",", ";", " ", " ,", "[", "[:", ":", "a", "a=", "=", 'a="', 'for="', "1.", "\t \t;", "for=1;", "\0"])(
    "megabytes of %j end",
    (text) => {
      const long = text.repeat(4 << 20);
      for (const header of [long, `for=${long}`, `for="${long}"`, `for="[${long}`, `for=192.0.2.1;x="${long}`, `${long}, 10.0.0.2`]) {
        expect(ask(proxied, "10.0.0.1", { "x-forwarded-for": header })).toBeUndefined();
        expect(ask(forwarded, "10.0.0.1", { forwarded: header })).toBeUndefined();
      }
    },
  );
});

/** Header text: anything, and pieces of the grammars in disorder. */
const headerText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        ...'"\\,;= \t[]:.%_\0\n',
        ..."for= For= by= unknown _hidden __proto__ 10.0.0.2 192.0.2.1 2001:db8::1 [2001:db8::1]:4711 :443 ::ffff:".split(" "),
      ),
      { maxLength: 40 },
    )
    .map((pieces) => pieces.join("")),
);
const headerValue = fc.oneof(headerText, fc.array(headerText, { maxLength: 5 }), fc.constant(undefined));
const stranger = fc.oneof(
  fc.nat(255).map((n) => `192.0.2.${n}`),
  fc.nat(255).map((n) => `198.51.100.${n}`),
  fc.nat(0xffff).map((n) => `2001:db8::${n.toString(16)}`),
);
const proxy = fc.oneof(
  fc.nat(255).map((n) => `10.0.0.${n}`),
  fc.nat(255).map((n) => `203.0.113.${n}`),
  fc.nat(0xffff).map((n) => `2001:db8:cd::${n.toString(16)}`),
);
const port = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 1, max: 65535 }).map((n) => `:${n}`),
);

/** How a proxy may write an address in `X-Forwarded-For`. */
const xForwardedFor = (address: string) =>
  fc.tuple(fc.boolean(), port).map(([bare, port]) => (address.includes(":") ? (bare ? address : `[${address}]${port}`) : address + port));

/** How a proxy may write an address in `Forwarded`. */
const element = (address: string) =>
  fc
    .record({
      name: fc.constantFrom("for", "For", "FOR"),
      port,
      escaped: fc.nat(6),
      before: fc.constantFrom("", "proto=https;", 'host="a, for=198.51.100.9; \\"";', 'x="\\\\";'),
      after: fc.constantFrom("", ";by=10.0.0.1", ';host="\\", \\\\"', "; proto=http"),
    })
    .map(({ name, port, escaped, before, after }) => {
      if (!address.includes(":") && port === "") return `${before}${name}=${address}${after}`;
      const node = `${address.includes(":") ? `[${address}]` : address}${port}`;
      return `${before}${name}="${node.slice(0, escaped)}\\${node.slice(escaped)}"${after}`;
    });

const syntaxes = [
  ["x-forwarded-for", proxied, xForwardedFor],
  ["forwarded", forwarded, element],
] as const;

describe.each(syntaxes)("laws of %s", (name, options, written) => {
  const chain = (hops: readonly string[]) => fc.tuple(...hops.map(written));

  it("no header text throws, and what is answered is a canonical address or nothing", () => {
    fc.assert(
      fc.property(fc.oneof(proxy, stranger, headerText, fc.constant(undefined)), headerValue, (peer, value) => {
        const client = ask({ ...options, trusted: [...options.trusted, "unix"] }, peer, { [name]: value });
        expect(client).toBe(canonicalAddress(client));
      }),
      { numRuns: 2000 },
    );
  });

  it("behind a peer that is not trusted no header is even read", () => {
    const client = clientAddress(options);
    const header = () => expect.fail("a header was read");
    fc.assert(
      fc.property(fc.oneof(stranger, headerText, fc.constant(undefined)), (peer) => {
        fc.pre(peer === undefined || !/^(10|203)/.test(peer));
        expect(client({ peer, header })).toBe(canonicalAddress(peer));
      }),
    );
  });

  it("no other header is read", () => {
    const names: string[] = [];
    clientAddress(options)({ peer: "10.0.0.1", header: (asked) => void names.push(asked) });
    expect(names).toEqual([name]);
  });

  it("the client is the right-most hop that is not trusted, or the left-most", () => {
    const hops = fc.array(fc.oneof(proxy, stranger), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        hops.chain((hops) => fc.tuple(fc.constant(hops), chain(hops))),
        ([hops, texts]) => {
          const expected = hops.findLast((hop) => !hop.startsWith("10.") && !hop.startsWith("203.") && !hop.includes(":cd:")) ?? hops[0];
          expect(ask(options, "10.0.0.1", { [name]: texts.join(", ") })).toBe(canonicalAddress(expected));
          // how a list is spread over lines means nothing
          expect(ask(options, "10.0.0.1", { [name]: texts })).toBe(canonicalAddress(expected));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("nothing that is put on the left moves the client", () => {
    const appended = fc.tuple(stranger, fc.array(proxy, { maxLength: 3 })).chain(([client, proxies]) => {
      return fc.tuple(fc.constant(client), chain([client, ...proxies]));
    });
    const spoofed = fc.oneof(
      headerText,
      headerText.map((text) => text.repeat(1000)),
    );
    fc.assert(
      fc.property(spoofed, fc.array(headerText, { maxLength: 3 }), appended, (spoof, lines, [client, texts]) => {
        const expected = canonicalAddress(client);
        expect(ask(options, "10.0.0.1", { [name]: `${spoof}, ${texts.join(", ")}` })).toBe(expected);
        expect(ask(options, "10.0.0.1", { [name]: [...lines, `${spoof},${texts.join(",")}`] })).toBe(expected);
        expect(ask(options, "10.0.0.1", { [name]: [...lines, spoof, ...texts] })).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it("what lies further left than the last 8,192 characters means nothing", () => {
    fc.assert(
      fc.property(headerText, headerText, headerText, (one, other, text) => {
        const tail = text.padStart(8192, ", 10.0.0.2").slice(-8192);
        const ofOne = ask(options, "10.0.0.1", { [name]: `${one}x${tail}` });
        expect(ask(options, "10.0.0.1", { [name]: `${other}y${tail}` })).toBe(ofOne);
      }),
    );
  });
});
