import { MAX_BEHIND } from '../../../../backend/tasks/watch/ChangeSource.ts';

/** The set of changes is cut after so many changes, not at each. */
const CUT_EVERY = 100;

/**
 * Lua: gives a change of a task its number, keeps it among the newest changes and publishes it. It is part of the script that
 * logs events, so it costs no call of its own: about three microseconds in Redis, whether anybody watches or not. The
 * epoch is the time at which the numbers began, because numbers begin again where Redis lost its data.
 */
export const CHANGED = `
local function changed(head, set, channel, id)
  local number = redis.call('HINCRBY', head, 'number', 1)
  if number == 1 then
    local time = redis.call('TIME')
    redis.call('HSETNX', head, 'epoch', time[1] .. 'z' .. time[2])
  end
  redis.call('ZADD', set, number, id)
  redis.call('PUBLISH', channel, number .. ' ' .. id)
  if number % ${CUT_EVERY} == 0 then
    local over = redis.call('ZCARD', set) - ${MAX_BEHIND}
    if over > 0 then
      redis.call('HSET', head, 'floor', redis.call('ZRANGE', set, over - 1, over - 1, 'WITHSCORES')[2])
      redis.call('ZREMRANGEBYRANK', set, 0, over - 1)
    end
  end
end`;

/** Announces changes of which no event is logged. KEYS: head, set. ARGV: channel, then the ids of tasks. */
export const CHANGE_SCRIPT = `${CHANGED}
for i = 2, #ARGV do changed(KEYS[1], KEYS[2], ARGV[1], ARGV[i]) end
return #ARGV - 1`;

/** The epoch and the newest number. KEYS: head. */
export const HEAD_SCRIPT = `
local head = redis.call('HMGET', KEYS[1], 'epoch', 'number')
if not head[1] then
  local time = redis.call('TIME')
  head[1] = time[1] .. 'z' .. time[2]
  redis.call('HSET', KEYS[1], 'epoch', head[1])
end
return { head[1], head[2] or '0' }`;

/**
 * The changes of a range of numbers, with the epoch that they are of. KEYS: head, set. ARGV: the number before the range, the last one of it,
 * and how many there may be. Returns the epoch, the number up to which not all changes are kept, then the ids and numbers.
 */
export const BETWEEN_SCRIPT = `
local head = redis.call('HMGET', KEYS[1], 'epoch', 'floor')
return {
  head[1] or '', head[2] or '0',
  redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], ARGV[2], 'WITHSCORES', 'LIMIT', 0, ARGV[3])
}`;
