import { setTimeout as sleep } from "node:timers/promises";
import type { FaultFigures } from "../fault-figures.js";
import { inRedisScene } from "../harness/redis-scene.js";
import { underLoad } from "../harness/under-load.js";

/** What a store answers that is none, or is out of its mind. */
export const garbage = {
  "bytes of no protocol": Buffer.from("\u0000\u00ffHTTP/1.1 200 OK\r\n\r\n<html>", "latin1"),
  "a number": Buffer.from(":42\r\n"),
  "an error": Buffer.from("-OOM command not allowed when used memory > 'maxmemory'.\r\n"),
  "journals that are none": Buffer.from("*3\r\n$13\r\n1700000000000\r\n$9\r\n[nonsense\r\n$2\r\n{}\r\n"),
  "a time that is none": Buffer.from("*2\r\n$4\r\nsoon\r\n$0\r\n\r\n"),
} as const satisfies Readonly<Record<string, Buffer>>;

/** Every request is answered with the same garbage, and reaches no server. */
export function storeAnswersGarbage({
  what,
  lasting,
}: {
  readonly what: keyof typeof garbage;
  readonly lasting: number;
}): Promise<FaultFigures> {
  return inRedisScene(({ network, store, witness }) =>
    underLoad({
      fault: `store answers ${what}`,
      store,
      witness,
      strike: async () => {
        network.answerWith(garbage[what]);
        await sleep(lasting);
        network.answerWith(undefined);
        // a client that waits for replies which never come is a client of another fault
        network.cut();
        return performance.now();
      },
    }),
  );
}
