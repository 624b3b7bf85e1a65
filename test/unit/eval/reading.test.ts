import { run } from '../../eval/run';
import { summarize } from '../../eval/scoring/summary';
import { subject } from '../../eval/subject';
import { corpus } from '../../eval/traits';

/** Ten workbooks of ten traits; all of them are read by `make eval`. */
const chosen = [
  'language',
  'bilingual-headers',
  'numbered-empty-rows',
  'matrix-sizes',
  'hidden-sheets',
  'isbn',
  'numbers-as-text',
  'sections',
  'price-list',
  'csv',
];

it('reads workbooks as customers send them, and nothing wrongly in silence', async () => {
  const cases = chosen.map((trait) => corpus(42, [trait])[0]!);
  const scores = await run(cases, subject);
  expect(scores.flatMap(({ failures }) => failures).filter(({ silent, kind }) => silent || kind === 'outcome')).toEqual(
    [],
  );
  expect(summarize('ten', scores).f1).toBeGreaterThanOrEqual(0.98);
});
