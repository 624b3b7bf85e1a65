/** Dead letters, and the checks after operators have put them back. */
import type { Operation, OperationAccepted } from '../../schemas/operations/api';
import type { DeadLetter } from '../../src/streams/dead-letter';
import { get, readStream, post } from './audits';
import { waitUntil, type Outcome } from './scenario';
import type { ChaosStack } from './stack';
import { readLetters, goodEvent, write } from './streams';

export async function writeLetters(stack: ChaosStack, count: number): Promise<void> {
  const letters = Array.from({ length: count }, (_, i) => letterOf(`dead-${i}`, i, stack.keys.events));
  await write(
    stack,
    stack.keys.dlq,
    letters.map((letter) => JSON.stringify(letter)),
  );
}

/** Starts a redrive of all of them; returns the id of the operation. */
export async function startRedrive(stack: ChaosStack, key: string): Promise<string> {
  const body = { filter: { stage: 'handler' }, rate_per_second: 200, reason: 'chaos' };
  const accepted = await post(stack, '/dlq/redrive', body, key);
  if (accepted.status !== 202) throw new Error(`a redrive got ${accepted.status}`);
  return (accepted.body as OperationAccepted).operation_id;
}

/** Reads an operation when it has ended or time is up. */
export async function outcomeOf(stack: ChaosStack, id: string, ms = 60_000): Promise<Operation> {
  const read = () => get<Operation>(stack, `/operations/${id}`);
  const isOver = ({ ended_at, status }: Operation) => ended_at !== undefined && status !== 'mirroring';
  await waitUntil(async () => isOver(await read()), ms, 250);
  return await read();
}

/** Verifies that each letter is in the stream once, none is left, and the operations have counted each once. */
export async function verifyRedriven(stack: ChaosStack, letters: number, operations: Operation[]): Promise<Outcome> {
  const problems: string[] = [];
  const stream = (await readStream(stack)).filter(({ event_id }) => event_id.startsWith('dead-'));
  const distinct = new Set(stream.map(({ event_id }) => event_id)).size;
  const left = (await readLetters(stack)).length;
  const done = operations.reduce((sum, { counts }) => sum + counts.done, 0);
  if (stream.length !== letters || distinct !== letters)
    problems.push(`${stream.length} entries of ${distinct} events, not ${letters}`);
  if (left !== 0) problems.push(`${left} dead letters are left`);
  if (done !== letters) problems.push(`the operations report ${done} put back`);
  for (const { status } of operations) if (status !== 'completed') problems.push(`an operation is ${status}`);
  const shares = operations.map(({ counts }) => counts.done).join(' + ');
  return { counts: { dead_letters: letters, put_back: stream.length, shares, left }, problems };
}

function letterOf(id: string, i: number, stream: string): DeadLetter {
  const at = '2026-01-05T08:00:00.000Z';
  return {
    ...{ raw: goodEvent(id), encoding: 'utf8', event_id: id, event_type: 'TASK.COMPLETED', stream },
    ...{ entry_id: `${1_767_600_000_000 + i}-0`, group: 'orchestrators', stage: 'handler' },
    ...{ error: { class: 'http.status', message: 'the partner answered 503' }, errors: [], deliveries: 5 },
    ...{ first_at: at, last_at: at, redrives: 0, redriven_by: null },
  };
}
