import { validatorFor } from '../../../src/contracts/ajv';
import { DeadLetter } from '../../../src/streams/dead-letter';
import type { Chance, Scenario } from '../scenario';
import { waitForGroups, readLetters, goodEvent, write } from '../streams';

/** Entries of writers who do not know the contract, or do not care. Each is recognised by `n`. */
const malformed: ((n: number) => string | Buffer)[] = [
  (n) => `{"event_id": "cut-${n}", "event_type": "TASK.COM`,
  (n) => `no JSON at all ${n}`,
  (n) => JSON.stringify([n]),
  (n) => JSON.stringify({ event_type: 'NOBODY.KNOWS_IT', payload: { n } }),
  (n) =>
    JSON.stringify({ event_type: 'TASK.COMPLETED', payload: { run: 'r', step: 's', round: 'one', milliseconds: n } }),
  (n) => JSON.stringify({ event_type: 'PROJECT.INITIAL_REQUEST_RECEIVED', payload: { n } }),
  (n) => JSON.stringify({ event_type: 'WORK.ITEM_DISPATCHED', payload: { project_id: `P${n}`, agent_target: 7 } }),
  (n) => JSON.stringify({ ...(JSON.parse(goodEvent(`more-${n}`)) as object), unknown_name: n }),
  (n) => JSON.stringify({ ...(JSON.parse(goodEvent(`when-${n}`)) as object), occurred_at: 'yesterday' }),
  (n) => `{"event_type":"TASK.COMPLETED","payload":${'['.repeat(500)}${n}${']'.repeat(500)}}`,
  (n) => Buffer.concat([Buffer.from(`{"event_id":"bytes-${n}","x":"`), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
];

/** 1,000 malformed entries among 10,000 good ones. */
export const malformedAmongGood: Scenario = {
  name: 'malformed among good',
  fact: '8',
  roles: ['consumer'],
  async run(stack, { chance, short }) {
    const [good, bad] = short ? [2_000, 200] : [10_000, 1_000];
    const problems: string[] = [];
    const broken = Array.from({ length: bad }, (_, n) => malformed[n % malformed.length]?.(n) ?? '');
    const all = shuffle([...Array.from({ length: good }, (_, n) => goodEvent(`good-${n}`)), ...broken], chance);
    const begin = Date.now();
    await write(stack, stack.keys.events, all);
    if ((await waitForGroups(stack, 3, 120_000)) === undefined)
      problems.push('the groups have not caught up within 120 s');
    const milliseconds = Date.now() - begin;

    const outcome = (name: string) =>
      stack.metric('consumer', 'awe_consumer_entries_total', `group="validators",outcome="${name}"`);
    const [handled, dead] = [await outcome('handled'), await outcome('dead_lettered')];
    if (handled !== good) problems.push(`${handled} of ${good} good entries were handled`);
    const check = validatorFor(DeadLetter);
    const letters = (await readLetters(stack)).map(({ fields }) => check(JSON.parse(fields[1] ?? 'null')));
    const whole = letters.flatMap((letter) => (letter.ok ? [letter.value] : []));
    if (letters.length !== bad) problems.push(`${letters.length} dead letters, not ${bad}`);
    if (whole.length !== letters.length) problems.push(`${letters.length - whole.length} dead letters lack a field`);
    const kept = whole.map(({ raw, encoding }) => Buffer.from(raw, encoding).toString('latin1')).sort();
    const sent = broken.map((raw) => Buffer.from(raw).toString('latin1')).sort();
    if (kept.join('\n') !== sent.join('\n')) problems.push('the dead letters do not hold the bytes that were sent');
    for (const { group, entry_id, deliveries, errors, stage, error } of whole) {
      const full =
        group === 'validators' && entry_id !== null && deliveries >= 1 && error.message !== '' && errors.length > 0;
      if (!full)
        problems.push(`a dead letter lacks facts: ${JSON.stringify({ group, entry_id, deliveries, stage, error })}`);
    }
    const stages = whole.map(({ stage }) => stage);
    const counts = {
      ...{ good, malformed: bad, handled, dead_lettered: dead, milliseconds },
      ...{
        parse: stages.filter((stage) => stage === 'parse').length,
        schema: stages.filter((stage) => stage === 'schema').length,
      },
    };
    return { counts, problems: problems.slice(0, 20) };
  },
};

function shuffle<T>(list: T[], chance: Chance): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const k = chance.integer(0, i);
    [list[i], list[k]] = [list[k] as T, list[i] as T];
  }
  return list;
}
