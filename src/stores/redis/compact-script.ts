import { script } from "./script.js";

/** Puts `ARGV[3]` in place of the first `ARGV[2]` characters of a journal that begins with `ARGV[1]`. */
export const compactScript = script(`
local journal = redis.call('GET', KEYS[1])
if journal and string.sub(journal, 1, #ARGV[1]) == ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[3] .. string.sub(journal, ARGV[2] + 1), 'KEEPTTL')
end
`);
