import { memoryStore } from "../../src/stores/memory-store.js";
import { describeStore } from "../../src/testing/describe-store.js";

let now = 1_000_000;

describeStore("memory", () => ({ store: memoryStore() }));
describeStore("memory, its time moved on", () => {
  return { store: memoryStore({ clock: () => now }), advance: (milliseconds) => (now += milliseconds) };
});
