/** Random plans of test tools, and their expected ends: the model against which the interpreter is checked. */
import * as fc from 'fast-check';
import type { Plan, Step } from '../../../schemas/plan';
import type { StepStatus } from '../../../schemas/run';

/** A plan with its expected outcome. */
export interface RandomPlan {
  plan: Plan;
  /** the end of each step if nothing cuts the run short; fallbacks that are not needed stay `pending` */
  ends: Map<string, StepStatus>;
  /** true if a critical step fails */
  fails: boolean;
  /** the answer to each approval step */
  answers: Map<string, 'approve' | 'reject'>;
  /** a control that somebody sends to the run, and after how many milliseconds */
  controls: { signal: 'pause' | 'resume' | 'cancel'; after: number }[];
}

/** The work of a step, and its success. */
interface Deed {
  step: Omit<Step, 'id'> | ((id: string) => Omit<Step, 'id'>);
  succeeds: boolean;
  answer?: 'approve' | 'reject';
}

const tool = (uses: string, input: Step['with'] = {}): Omit<Step, 'id'> => ({ kind: 'tool', uses, with: input });

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ step: tool('test.note', { n: 1 }), succeeds: true }) },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 1, max: 4_000 })
      .map((bytes) => ({ step: tool('test.big', { bytes }), succeeds: true })),
  },
  {
    weight: 4,
    arbitrary: fc.integer({ min: 0, max: 150 }).map((ms) => ({ step: tool('test.work', { ms }), succeeds: true })),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0, max: 2 })
      .map((failures) => ({ step: tool('test.flaky', { failures }), succeeds: true })),
  },
  { weight: 1, arbitrary: fc.constant({ step: tool('test.fail'), succeeds: false }) },
  { weight: 1, arbitrary: fc.constant({ step: tool('test.once'), succeeds: false }) },
  {
    weight: 2,
    arbitrary: fc
      .record({ good_from: fc.integer({ min: 1, max: 3 }), rounds: fc.integer({ min: 1, max: 3 }) })
      .map(({ good_from, rounds }) => ({ step: improving(good_from, rounds), succeeds: good_from <= rounds })),
  },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 0, max: 200 })
      .map((ms) => ({ step: { kind: 'wait' as const, with: { for: `${ms}ms` } }, succeeds: true })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('approve' as const, 'reject' as const).map((answer) => ({
      step: { kind: 'approval' as const, approval: { question: 'Go on?', expire_after: '1h' } },
      succeeds: answer === 'approve',
      answer,
    })),
  },
);

const improving =
  (good_from: number, rounds: number) =>
  (id: string): Omit<Step, 'id'> => ({
    ...tool('test.improve'),
    until: {
      check: 'test.check',
      with: { output: `\${{ steps.${id}.output }}`, good_from },
      rounds,
      otherwise: 'fail',
    },
  });

/** Positions are taken modulo the number of earlier steps, so that every draw is a plan without cycles. */
const drawnStep = fc.record({
  deed,
  after: fc.array(fc.nat(1_000), { maxLength: 3 }),
  when: fc.option(fc.record({ position: fc.nat(1_000), status: fc.constantFrom('completed', 'failed', 'skipped') }), {
    freq: 3,
  }),
  onError: fc.oneof(
    { weight: 12, arbitrary: fc.constant('continue' as const) },
    { weight: 1, arbitrary: fc.constant('fail' as const) },
    { weight: 3, arbitrary: fc.constant('good fallback' as const) },
    { weight: 1, arbitrary: fc.constant('bad fallback' as const) },
  ),
});

const moments = fc.integer({ min: 0, max: 1_000 });
const controls = fc.oneof(
  { weight: 6, arbitrary: fc.constant<RandomPlan['controls']>([]) },
  {
    weight: 2,
    arbitrary: fc.tuple(moments, fc.integer({ min: 0, max: 300 })).map(([after, long]): RandomPlan['controls'] => [
      { signal: 'pause', after },
      { signal: 'resume', after: after + long },
    ]),
  },
  { weight: 1, arbitrary: moments.map((after): RandomPlan['controls'] => [{ signal: 'cancel', after }]) },
);

export const randomPlan: fc.Arbitrary<RandomPlan> = fc
  .record({
    drawn: fc.array(drawnStep, { minLength: 2, maxLength: 30, size: 'max' }),
    max_parallel: fc.integer({ min: 1, max: 16 }),
    controls,
  })
  .map(({ drawn, max_parallel, controls }) => {
    const made: RandomPlan = {
      plan: { name: 'random', steps: [], max_parallel },
      ends: new Map(),
      fails: false,
      answers: new Map(),
      controls,
    };
    drawn.forEach((draw, position) => add(made, draw, position));
    return made;
  });

type Drawn = typeof drawnStep extends fc.Arbitrary<infer T> ? T : never;

function add(made: RandomPlan, { deed, after, when, onError }: Drawn, position: number): void {
  const id = `s${position}`;
  const before = (drawn: number) => `s${drawn % position}`;
  const depends_on = position === 0 ? [] : [...new Set(after.map(before))];
  const condition = when && position > 0 ? { id: before(when.position), status: when.status } : undefined;
  const body = typeof deed.step === 'function' ? deed.step(id) : deed.step;
  // only tools have fallbacks: approvals and waits have none
  const fallback = onError.endsWith('fallback') && body.kind === 'tool' ? `f${position}` : undefined;
  made.plan.steps.push({
    ...{ id, ...body, depends_on },
    ...(condition ? { when: `steps.${condition.id}.status == "${condition.status}"` } : {}),
    on_error: fallback ? { fallback } : onError === 'fail' ? 'fail' : 'continue',
  });
  if (fallback)
    made.plan.steps.push({ id: fallback, ...tool(onError === 'good fallback' ? 'test.note' : 'test.fail') });
  if (deed.answer) made.answers.set(id, deed.answer);
  foresee(
    made,
    { id, fallback, good: onError === 'good fallback', fatal: onError === 'fail' },
    deed,
    [...depends_on, ...(condition ? [condition.id] : [])],
    condition,
  );
}

/** Predicts the end of a step from the ends of those before it. */
function foresee(
  made: RandomPlan,
  { id, fallback, good, fatal }: { id: string; fallback: string | undefined; good: boolean; fatal: boolean },
  { succeeds }: Deed,
  needs: string[],
  condition: { id: string; status: string } | undefined,
): void {
  if (fallback) made.ends.set(fallback, 'pending');
  const skipped = condition
    ? made.ends.get(condition.id) !== condition.status
    : needs.length > 0 && needs.every((need) => made.ends.get(need) === 'skipped');
  if (skipped || succeeds) {
    made.ends.set(id, skipped ? 'skipped' : 'completed');
    return;
  }
  if (fallback) made.ends.set(fallback, good ? 'completed' : 'failed');
  made.ends.set(id, fallback && good ? 'completed' : 'failed');
  if (fallback ? !good : fatal) made.fails = true;
}
