import type { Operation, OperationAccepted } from '../../../schemas/api';
import type { DeadLetter } from '../../../src/streams/dead-letter';
import { get, inStream, post } from '../audits';
import { comesTrue, type Scenario } from '../scenario';
import { deadLetters, goodEvent, write } from '../streams';

/** Two operators put the same dead letters back at once. */
export const redriveTwice: Scenario = {
  name: 'redrive of the same dead letters twice at once',
  fact: '9',
  roles: ['api', 'worker'],
  async run(stack, { short }) {
    const letters = short ? 200 : 1_000;
    const problems: string[] = [];
    const ids = Array.from({ length: letters }, (_, i) => `dead-${i}`);
    await write(
      stack,
      stack.keys.dlq,
      ids.map((id, i) => JSON.stringify(letterOf(id, i, stack.keys.events))),
    );
    const body = { filter: { stage: 'handler' }, rate_per_second: 200, reason: 'chaos' };
    const accepted = await Promise.all([1, 2].map((n) => post(stack, '/dlq/redrive', body, `redrive-${n}`)));
    for (const { status } of accepted) if (status !== 202) problems.push(`a redrive got ${status}`);
    const operations: Operation[] = [];
    for (const { body } of accepted) {
      const path = `/operations/${(body as OperationAccepted).operation_id}`;
      await comesTrue(async () => (await get<Operation>(stack, path)).ended_at !== undefined, 60_000, 250);
      operations.push(await get<Operation>(stack, path));
    }
    const stream = (await inStream(stack)).filter(({ event_id }) => event_id.startsWith('dead-'));
    const distinct = new Set(stream.map(({ event_id }) => event_id)).size;
    const left = (await deadLetters(stack)).length;
    const done = operations.reduce((sum, { counts }) => sum + counts.done, 0);
    if (stream.length !== letters || distinct !== letters)
      problems.push(`${stream.length} entries of ${distinct} events, not ${letters}`);
    if (left !== 0) problems.push(`${left} dead letters are left`);
    if (done !== letters) problems.push(`the operations say that they have put back ${done}`);
    for (const { status } of operations) if (status !== 'completed') problems.push(`an operation is ${status}`);
    const shares = operations.map(({ counts }) => counts.done).join(' + ');
    return { counts: { dead_letters: letters, put_back: stream.length, shares, left }, problems };
  },
};

function letterOf(id: string, i: number, stream: string): DeadLetter {
  const at = '2026-01-05T08:00:00.000Z';
  return {
    ...{ raw: goodEvent(id), encoding: 'utf8', event_id: id, event_type: 'TASK.COMPLETED', stream },
    ...{ entry_id: `${1_767_600_000_000 + i}-0`, group: 'orchestrators', stage: 'handler' },
    ...{ error: { class: 'http.status', message: 'the partner answered 503' }, errors: [], deliveries: 5 },
    ...{ first_at: at, last_at: at, redrives: 0, redriven_by: null },
  };
}
