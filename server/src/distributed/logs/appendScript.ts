/**
 * Logs events of one task in one step: checks who may, numbers them, keeps and publishes them.
 *
 * KEYS: state, events, features. ARGV: attempt, number of the first event within its attempt (0: not numbered), channel,
 * events to keep, seconds to keep an ended log, what the items add up to after these events ('': as before), then what a
 * log that is not there is begun with (number, time, data, progress and items of a snapshot; number '': it is not begun),
 * then for each event: type, time, data, progress, features, flags.
 * `data` is JSON; progress and features may be ''. Flags: 'r' forgets what was built before, 'f' says that
 * `data` are the features, 'e' ends the log, 'n' only where nothing of this attempt was logged yet.
 *
 * Returns the newest number; -1: a later attempt has the log; -2: there is no log. Events that were logged before
 * (sent again after a lost answer) and those after the end are left out.
 */
export const APPEND_SCRIPT = `
local state = redis.call('HMGET', KEYS[1], 'seq', 'attempt', 'ended', 'sent', 'progress', 'items')
local attempt, first = tonumber(ARGV[1]), tonumber(ARGV[2])
if not state[1] then
  if ARGV[7] == '' then return -2 end
  state = { ARGV[7], attempt, '0', '0', ARGV[10], ARGV[11] }
  redis.call('DEL', KEYS[2], KEYS[3])
  redis.call('XADD', KEYS[2], ARGV[7] .. '-0', 'k', 'snapshot', 'a', attempt, 't', ARGV[8], 'd', ARGV[9], 'p', ARGV[10])
end
local known = tonumber(state[2])
if attempt < known then return -1 end
local seq, sent, progress, items = tonumber(state[1]), tonumber(state[4]), state[5], state[6] or ''
local begins = attempt > known
if begins then sent = 0 end
local ended = state[3] == '1'
local wasEnded = ended
local count = (#ARGV - 11) / 6
for i = 0, count - 1 do
  local at = 12 + i * 6
  local kind, time, data, newProgress, features, flags =
    ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4], ARGV[at + 5]
  if not ended and (first == 0 or first + i > sent) and (begins or not string.find(flags, 'n', 1, true)) then
    seq = seq + 1
    if first > 0 then sent = first + i end
    if newProgress ~= '' then progress = newProgress end
    if string.find(flags, 'r', 1, true) then
      redis.call('DEL', KEYS[3])
      items = ''
    end
    if string.find(flags, 'f', 1, true) then features = data end
    if features ~= '' then redis.call('RPUSH', KEYS[3], features) end
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], seq .. '-0', 'k', kind, 'a', attempt, 't', time, 'd', data, 'p', progress)
    redis.call('PUBLISH', ARGV[3], table.concat({ seq, attempt, kind, time, progress, data }, '\\n'))
    if string.find(flags, 'e', 1, true) then
      ended = true
      redis.call('DEL', KEYS[3])
      redis.call('EXPIRE', KEYS[1], ARGV[5])
      redis.call('EXPIRE', KEYS[2], ARGV[5])
    end
  end
end
if ARGV[6] ~= '' and not wasEnded then items = ARGV[6] end
redis.call('HSET', KEYS[1], 'items', items, 'seq', seq, 'attempt', attempt, 'sent', sent, 'progress', progress, 'ended', ended and '1' or '0')
return seq
`;
