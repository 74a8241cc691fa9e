import { script } from "./script.js";

/** The keys of an owner's journals, those included that have expired. */
export const listScript = script("return redis.call('SMEMBERS', KEYS[1])");

/** The journals behind the set in `KEYS[1]`; of one that is gone the set forgets too. */
export const readScript = script(`
local reply = {}
for i = 2, #KEYS do
  reply[i - 1] = redis.call('GET', KEYS[i])
  if not reply[i - 1] then redis.call('SREM', KEYS[1], KEYS[i]) end
end
return reply
`);

/** Removes the journals behind the set in `KEYS[1]`, and gives their number. */
export const removeScript = script(`
local removed = 0
for i = 2, #KEYS do
  removed = removed + redis.call('DEL', KEYS[i])
  redis.call('SREM', KEYS[1], KEYS[i])
end
return removed
`);
