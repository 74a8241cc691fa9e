import { describe, expect, it } from "vitest";
import {
  days,
  hours,
  login,
  mfa,
  minutes,
  passwordReset,
  registration,
  runEvents,
  seconds,
  timeline,
  unlock,
} from "../../src/testing/public.js";

describe("event builders", () => {
  it("make an ordinary login of what is not told", () => {
    expect(login("success")).toEqual({
      id: "login ann 192.0.2.1 +0",
      at: 0,
      kind: "login",
      outcome: "success",
      account: { id: "ann", status: "active", type: "human", mfaEnrolled: true },
      source: { ip: "192.0.2.1" },
    });
  });

  it("take a text for something ordinary and an object as it is", () => {
    expect(login("success", { account: "bob" }).account).toEqual({ id: "bob", status: "active", type: "human", mfaEnrolled: true });
    expect(login("success", { account: { id: "bob" } }).account).toEqual({ id: "bob" });
    expect(login("success", { source: {} }).source).toEqual({});
    expect(login("success", { source: { country: "NO" }, ip: "192.0.2.9" }).source).toEqual({ country: "NO", ip: "192.0.2.9" });
    expect(login("success", { client: { os: "Linux" }, device: "d1" }).client).toEqual({ os: "Linux", deviceId: "d1" });
  });

  it("name the same attempt alike, whatever its outcome, and other attempts otherwise", () => {
    const ids = (["pending", "success", "failure", "blocked"] as const).map((outcome) => login(outcome, { at: 7 }).id);
    expect(new Set(ids).size).toBe(1);
    const others = [
      login("success"),
      login("success", { at: 1 }),
      login("success", { account: "bob" }),
      login("success", { ip: "192.0.2.9" }),
      login("success", { source: {} }),
      login("success", { device: "d1" }),
      login("success", { tenant: "two" }),
      registration("success"),
      passwordReset("success"),
      mfa("success"),
      unlock(),
    ];
    expect(new Set(others.map(({ id }) => id)).size).toBe(others.length);
    expect(login("success", { id: "mine" }).id).toBe("mine");
  });

  it("count time in milliseconds", () => {
    expect([seconds(1), minutes(1), hours(1), days(1)]).toEqual([1_000, 60_000, 3_600_000, 86_400_000]);
  });
});

describe("timeline", () => {
  it("gives times by itself", () => {
    const { events } = timeline({ start: "2026-03-02T09:00:00Z", every: { seconds: 30 } }).login("failure", 3);
    expect(events.map(({ at }) => at - Date.UTC(2026, 2, 2, 9))).toEqual([0, 30_000, 60_000]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  });

  it("waits, and goes on from an event that is put elsewhere", () => {
    const { events } = timeline({ start: 1_000 })
      .login("failure")
      .wait({ minutes: 1 })
      .login("failure")
      .login("failure", { at: hours(1) })
      .unlock();
    expect(events.map(({ at }) => at)).toEqual([1_000, 62_000, 3_601_000, 3_602_000]);
  });

  it("tells each event of a step apart by its number", () => {
    const { events } = timeline().registration("failure", 2, (number) => ({ account: `name${number}`, failure: "account-exists" }));
    expect(events.map(({ account, kind }) => `${kind} ${account.id}`)).toEqual(["registration name1", "registration name2"]);
  });

  it("leaves the timeline that it continues as it was", () => {
    const beginning = timeline().login("failure", 2);
    const [one, other] = [beginning.login("success"), beginning.wait({ hours: 1 }).login("success")];
    expect(beginning.events).toHaveLength(2);
    expect([...one].map(({ at }) => at)).toEqual([0, 1_000, 2_000]);
    expect([...other].map(({ at }) => at)).toEqual([0, 1_000, 3_602_000]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses %d events", (times) => {
    expect(() => timeline().login("failure", times)).toThrow(RangeError);
  });

  it("refuses a start that is no time", () => {
    expect(() => timeline({ start: "yesterday" })).toThrow("ISO 8601");
    expect(() => timeline({ every: {} })).toThrow(RangeError);
  });
});

describe("runEvents", () => {
  it("says for each event what was decided and what came to light", () => {
    const run = runEvents(timeline().login("failure", 10).login("pending"));
    expect(run.map(({ event }) => event.at)).toEqual([...Array(11).keys()].map((number) => number * 1_000));
    expect(run.at(-1)?.decision.action).toBe("BLOCK");
    expect(run.flatMap(({ detections }) => detections.map(({ detector }) => detector))).toEqual(["brute-force"]);
  });

  it("takes outcomes as recorded, or simulates what the policy would have blocked", () => {
    const guessed = timeline()
      .login("failure", 10)
      .login("success", { at: minutes(1) })
      .login("pending", { at: minutes(2) });
    expect(runEvents(guessed).at(-1)?.decision.action).toBe("ALLOW");
    expect(runEvents(guessed, undefined, "simulated").at(-1)?.decision.action).toBe("BLOCK");
  });
});
