import { script } from "./script.js";

/**
 * The exchange, over the journals of `ARGV[1]` parts and, behind them in `KEYS`, the sets that say which journals an owner has.
 *
 * For each part, `ARGV` has: how long to keep it (`""`: only read it; `inf`: for ever), the position of its owner's set in `KEYS` (`0`: none), its entries, how
 * many stamped ones there are, and those. Then for each set how long to keep it. The reply is the time and each journal.
 *
 * A time to live is never shortened: another policy may need the journal for longer. A set is swept a little whenever something is added, so that
 * it does not grow with every address that ever tried an account: four of its members at random, those that are gone leave.
 */
export const exchangeScript = script(`
local call, keys, argv = redis.call, KEYS, ARGV
local time = call('TIME')
local at = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local stamp = '[' .. at
local reply = { at }
local parts = tonumber(argv[1])
local added = {}
local a = 2
for i = 1, parts do
  local key, keep = keys[i], argv[a]
  if keep == '' then
    reply[i + 1] = call('GET', key)
    a = a + 1
  else
    local text, stamped = argv[a + 2], tonumber(argv[a + 3])
    for j = a + 3 + stamped, a + 4, -1 do text = stamp .. argv[j] .. text end
    if call('APPEND', key, text) == #text then
      if keep ~= 'inf' then call('PEXPIRE', key, keep) end
      reply[i + 1] = text
      local set = tonumber(argv[a + 1])
      if set > 0 then
        added[set] = added[set] or {}
        table.insert(added[set], key)
      end
    else
      if keep == 'inf' then call('PERSIST', key) else call('PEXPIRE', key, keep, 'GT') end
      reply[i + 1] = call('GET', key)
    end
    a = a + 4 + stamped
  end
end
for set = parts + 1, #keys do
  local key, keep, members = keys[set], argv[a], added[set]
  local isNew = false
  if members then
    local count = call('SADD', key, unpack(members))
    local size = call('SCARD', key)
    isNew = size == count
    if size > 16 then
      for _, member in ipairs(call('SRANDMEMBER', key, 4)) do
        if redis.pcall('EXISTS', member) == 0 then call('SREM', key, member) end
      end
    end
  end
  if keep == 'inf' then call('PERSIST', key)
  elseif isNew then call('PEXPIRE', key, keep)
  else call('PEXPIRE', key, keep, 'GT') end
  a = a + 1
end
return reply
`);
