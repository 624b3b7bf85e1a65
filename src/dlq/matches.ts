import type { DlqFilter } from '../../schemas/operations/run';
import type { StoredLetter } from './letter';

/** True if a filter selects a dead letter; `ids` and times are left to whoever reads the stream. */
export function matches({ letter }: StoredLetter, filter: DlqFilter): boolean {
  return (
    (filter.event_type === undefined || letter.event_type === filter.event_type) &&
    (filter.group === undefined || letter.group === filter.group) &&
    (filter.stage === undefined || letter.stage === filter.stage) &&
    (filter.error_class === undefined || letter.error.class === filter.error_class)
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

/** True if Redis can have given an id: both of its numbers fit into 64 bits. */
export const isStreamId = (id: string): boolean =>
  /^\d{1,20}-\d{1,20}$/.test(id) && id.split('-').every((part) => BigInt(part) < 2n ** 64n);

/** Compares ids of a stream by time and number, both up to 64 bits. */
export function compareIds(a: string, b: string): number {
  const [aTime = '0', aSeq = '0'] = a.split('-');
  const [bTime = '0', bSeq = '0'] = b.split('-');
  const time = BigInt(aTime) - BigInt(bTime);
  const order = time === 0n ? BigInt(aSeq) - BigInt(bSeq) : time;
  return order < 0n ? -1 : order > 0n ? 1 : 0;
}
