import { script } from '../redis/script';

/**
 * Gives the letter of a task to one page of an operation, so that two callers at once retry it once.
 *
 * KEYS: dead tasks, letters that this page has moved, claim of the letter. ARGV: the entry's id, the letter's id, the
 * page, seconds to keep the claim.
 * Answers `mine`, `again` (an earlier try of the same page has moved it), `theirs` (somebody else is retrying it) or `gone`.
 * A page that has claimed it before keeps it, also where the letter is gone: its own retry may have removed it.
 */
export const CLAIM_SCRIPT = script(`
local tasks, page, claim = KEYS[1], KEYS[2], KEYS[3]
if redis.call('SISMEMBER', page, ARGV[2]) == 1 then return 'again' end
local holder = redis.call('GET', claim)
if holder == ARGV[3] then return 'mine' end
if holder then return 'theirs' end
if #redis.call('XRANGE', tasks, ARGV[1], ARGV[1]) == 0 then return 'gone' end
redis.call('SET', claim, ARGV[3], 'EX', ARGV[4])
return 'mine'
`);

/**
 * Removes the letter of a task, and counts a retry; or gives its claim back.
 *
 * KEYS: dead tasks, entries by run, redrives of the task, letters that this page has moved, claim of the letter.
 * ARGV: retried|removed|released, the entry's id, the letter's id, workflow id or '', by whom, seconds to keep the count, seconds
 * to keep the page. Answers `moved`, `again` or `gone`.
 */
export const SETTLE_SCRIPT = script(`
local tasks, taskOf, redriven, page, claim = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local what, entry, letter, run = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if what == 'released' then
  redis.call('DEL', claim)
  return 'gone'
end
if redis.call('SISMEMBER', page, letter) == 1 then return 'again' end
redis.call('HGET', redriven, 'count')
local isOf = run ~= '' and redis.call('HGET', taskOf, run) == entry
local removed = redis.call('XDEL', tasks, entry)
if what == 'removed' and removed == 0 then return 'gone' end
if isOf then redis.call('HDEL', taskOf, run) end
redis.call('DEL', claim)
redis.call('SADD', page, letter)
redis.call('EXPIRE', page, ARGV[7])
if what == 'retried' then
  local time = redis.call('TIME')
  redis.call('HINCRBY', redriven, 'count', 1)
  redis.call('HSET', redriven, 'by', ARGV[5], 'at', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
  redis.call('EXPIRE', redriven, ARGV[6])
end
return 'moved'
`);
