import type { DlqFilter } from '../../schemas/operations/run';
import { processOfLetter, type StoredLetter } from './letter';

/** True if a filter selects a dead letter; `ids` and times are left to whoever reads the stream. */
export function matches({ letter }: StoredLetter, filter: DlqFilter): boolean {
  return (
    (filter.event_type === undefined || letter.event_type === filter.event_type) &&
    (filter.group === undefined || letter.group === filter.group) &&
    (filter.stage === undefined || letter.stage === filter.stage) &&
    (filter.error_class === undefined || letter.error.class === filter.error_class) &&
    (filter.attempts === undefined || letter.deliveries >= filter.attempts) &&
    (filter.process === undefined || processOfLetter(letter) === filter.process)
  );
}

/** The range of ids for the times of a filter, as `XRANGE` takes it. */
export function rangeOf({ after, before }: DlqFilter): { from: string; to: string } {
  return {
    from: after === undefined ? '-' : `${Math.max(0, Math.ceil(Date.parse(after)))}-0`,
    // before 1970 there was nothing, and Redis knows no id below 0-1
    to: before === undefined ? '+' : Date.parse(before) > 0 ? `(${Date.parse(before)}-0` : '(0-1',
  };
}

/** Before the id of a letter of a task: those of events and of tasks are entries of two streams. */
export const TASK = 'task:';

export const isOfTask = (id: string): boolean => id.startsWith(TASK);

/** The id of a letter's entry in its stream. */
export const entryIdOf = (id: string): string => (isOfTask(id) ? id.slice(TASK.length) : id);

/** True if an id can be that of a letter: Redis gives two numbers that fit into 64 bits. */
export function isLetterId(id: string): boolean {
  const entryId = entryIdOf(id);
  return /^\d{1,20}-\d{1,20}$/.test(entryId) && entryId.split('-').every((part) => BigInt(part) < 2n ** 64n);
}

/** Compares ids of a stream by time and number, both up to 64 bits. */
export function compareIds(a: string, b: string): number {
  const [aTime = '0', aSeq = '0'] = a.split('-');
  const [bTime = '0', bSeq = '0'] = b.split('-');
  const time = BigInt(aTime) - BigInt(bTime);
  const order = time === 0n ? BigInt(aSeq) - BigInt(bSeq) : time;
  return order < 0n ? -1 : order > 0n ? 1 : 0;
}

/** Compares ids of letters by time: of two entries with one id, that of a task counts as the newer. */
export const compareLetters = (a: string, b: string): number =>
  compareIds(entryIdOf(a), entryIdOf(b)) || Number(isOfTask(a)) - Number(isOfTask(b));

/** The id that follows another in a stream. */
export function nextEntryId(id: string): string {
  const [time, seq = '0'] = id.split('-');
  return `${time}-${BigInt(seq) + 1n}`;
}
