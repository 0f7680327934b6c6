import {
  BUILT_CHARS_PER_TASK,
  CHARS_PER_EVENT,
  CHARS_PER_TASK,
} from '../../../../backend/tasks/logLimits.ts';
import { CHANGED } from './changeScripts.ts';

/**
 * Redis delivers larger events to no subscriber, only that they are there: a server reads them from the log as fast as
 * it can. Redis would cut a subscriber whose buffer is full.
 */
const MAX_PUBLISHED_CHARS = CHARS_PER_EVENT / 4;
/** An ended log keeps no more than this for clients that come back. It stays for an hour. */
const ENDED_CHARS = CHARS_PER_TASK / 2;

/**
 * Logs events of one task in one step: checks who may, numbers them, keeps and publishes them.
 *
 * KEYS: state, events, features as older workers kept them, built, then the head and the set of changes. ARGV: attempt, number of the first event within its
 * attempt (0: not numbered), channel, events to keep, seconds to keep an ended log, what the items add up to after these
 * events ('': as before), then what a log that is not there is begun with (number, time, data, progress and items of a
 * snapshot; number '': it is not begun), the channel of changes, the task's id, then for each event: type, time, data, progress, what was built, flags.
 * `data` is JSON; progress and what was built may be ''. Flags: 'r' forgets what was built before, 'f' says that
 * `data` are features, 'e' ends the log, 'n' only where nothing of this attempt was logged yet.
 *
 * `events` and `built`, which has the features again, are streams of bounded size: the field 'o' of each entry is the
 * number of characters that were written before it.
 *
 * Returns the newest number; -1: a later attempt has the log; -2: there is no log. Events that were logged before
 * (sent again after a lost answer) and those after the end are left out.
 */
export const APPEND_SCRIPT = `
${CHANGED}
local state = redis.call('HMGET', KEYS[1], 'seq', 'attempt', 'ended', 'sent', 'progress', 'items', 'built', 'base', 'written', 'cut', 'builtWritten', 'builtCut')
local attempt, first = tonumber(ARGV[1]), tonumber(ARGV[2])
if not state[1] then
  if ARGV[7] == '' then return -2 end
  state = { ARGV[7], attempt, '0', '0', ARGV[10], ARGV[11], '', ARGV[7] }
  redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
  redis.call('XADD', KEYS[2], ARGV[7] .. '-0', 'k', 'snapshot', 'a', attempt, 't', ARGV[8], 'd', ARGV[9], 'p', ARGV[10], 'o', '0')
end
local known = tonumber(state[2])
if attempt < known then return -1 end
local before = tonumber(state[1])
local seq, sent, progress, items = tonumber(state[1]), tonumber(state[4]), state[5], state[6] or ''
local built, base = state[7] or '', state[8] or ''
local written, cut = tonumber(state[9] or 0), tonumber(state[10] or 0)
local builtWritten, builtCut = tonumber(state[11] or 0), tonumber(state[12] or 0)
-- Forgets the oldest entries of a stream where it has too many characters, but for the newest one.
local function trim(key, total, cut, limit)
  while total - cut > limit do
    local oldest = redis.call('XRANGE', key, '-', '+', 'COUNT', 2)
    if not oldest[2] then break end
    local fields = oldest[2][2]
    local before = fields[#fields - 1] == 'o' and tonumber(fields[#fields]) or 0
    if before > cut then cut = before end
    redis.call('XDEL', key, oldest[1][1])
  end
  return cut
end
local begins = attempt > known
if begins then sent = 0 end
local ended = state[3] == '1'
local wasEnded = ended
local count = (#ARGV - 13) / 6
for i = 0, count - 1 do
  local at = 14 + i * 6
  local kind, time, data, newProgress, newBuilt, flags =
    ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4], ARGV[at + 5]
  if not ended and (first == 0 or first + i > sent) and (begins or not string.find(flags, 'n', 1, true)) then
    seq = seq + 1
    if first > 0 then sent = first + i end
    if newProgress ~= '' then progress = newProgress end
    if string.find(flags, 'r', 1, true) then
      redis.call('DEL', KEYS[3], KEYS[4])
      items, built, base, builtWritten, builtCut = '', '', seq, 0, 0
    end
    -- Features have no progress of their own, so older servers read the same fields.
    local second = progress
    if string.find(flags, 'f', 1, true) then
      if newBuilt ~= '' then built = newBuilt end
      second = newBuilt
      redis.call('XADD', KEYS[4], seq .. '-0', 'a', attempt, 't', time, 'd', data, 'p', second, 'o', builtWritten)
      builtWritten = builtWritten + #data
      builtCut = trim(KEYS[4], builtWritten, builtCut, ${BUILT_CHARS_PER_TASK})
    end
    redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[4], seq .. '-0', 'k', kind, 'a', attempt, 't', time, 'd', data, 'p', second, 'o', written)
    written = written + #data + #second + 100
    if #data <= ${MAX_PUBLISHED_CHARS} then
      redis.call('PUBLISH', ARGV[3], table.concat({ seq, attempt, kind, time, second, data }, '\\n'))
    else
      redis.call('PUBLISH', ARGV[3], table.concat({ seq, attempt, 'large', time, '', '' }, '\\n'))
    end
    if string.find(flags, 'e', 1, true) then
      ended = true
      redis.call('DEL', KEYS[3], KEYS[4])
      redis.call('EXPIRE', KEYS[1], ARGV[5])
      redis.call('EXPIRE', KEYS[2], ARGV[5])
    end
  end
end
cut = trim(KEYS[2], written, cut, ended and ${ENDED_CHARS} or ${CHARS_PER_TASK})
if ARGV[6] ~= '' and not wasEnded then items = ARGV[6] end
redis.call('HSET', KEYS[1], 'items', items, 'seq', seq, 'attempt', attempt, 'sent', sent, 'progress', progress, 'ended', ended and '1' or '0',
  'built', built, 'base', base, 'written', written, 'cut', cut, 'builtWritten', builtWritten, 'builtCut', builtCut)
if seq > before then changed(KEYS[5], KEYS[6], ARGV[12], ARGV[13]) end
return seq
`;
