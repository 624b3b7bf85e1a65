/** Random plans of test tools, and their expected ends: the model against which the interpreter is checked. */
import * as fc from 'fast-check';
import type { Plan, Step } from '../../../schemas/plan';
import type { StepStatus } from '../../../schemas/run';

/** A plan with its expected outcome. */
export interface RandomPlan {
  plan: Plan;
  /** the end of each step, or of each in a round of its group, if nothing cuts it short; fallbacks that are not needed stay `pending` */
  ends: Map<string, StepStatus>;
  /** true if a critical step fails */
  fails: boolean;
  /** the answer to each approval step */
  answers: Map<string, 'approve' | 'reject'>;
  /** the counts of the elements of each step that runs for each element of a list, if nothing cuts it short */
  elements: Map<string, { count: number; failed: number }>;
  /** the steps of each group, if nothing cuts it short */
  groups: Map<string, Group>;
  /** a control that somebody sends to the run, and after how many milliseconds */
  controls: { signal: 'pause' | 'resume' | 'cancel'; after: number }[];
}

type Ends = Pick<RandomPlan, 'ends' | 'fails' | 'answers' | 'elements' | 'groups'> & { steps: Step[] };

/** Ends of the steps of a group in the round that is its last. */
export interface Group extends Ends {
  /** it runs for each element of a list */
  each: boolean;
  rounds: number;
}

/** The work of a step, and its success. */
interface Deed {
  step: Omit<Step, 'id'> | ((id: string) => Omit<Step, 'id'>);
  group?: (id: string) => Group;
  succeeds: boolean;
  answer?: 'approve' | 'reject';
  elements?: { count: number; failed: number };
}

const tool = (uses: string, input: Step['with'] = {}): Omit<Step, 'id'> => ({ kind: 'tool', uses, with: input });

/** Rounds of an element that has a check. */
const ROUNDS = 2;

function pause(): fc.Arbitrary<string | undefined> {
  return fc.option(
    fc.integer({ min: 1, max: 80 }).map((ms) => `${ms}ms`),
    { nil: undefined },
  );
}

const improving =
  (good_from: number | string, rounds: number, every?: string) =>
  (id: string): Omit<Step, 'id'> => ({
    ...tool('test.improve'),
    until: {
      check: 'test.check',
      with: { output: `\${{ steps.${id}.output }}`, good_from },
      rounds,
      otherwise: 'fail',
      ...(every === undefined ? {} : { every }),
    },
  });

/** A step for each element of a list: of any class, its outputs small or by reference, some of it not good in time. */
function repeated(): fc.Arbitrary<Deed> {
  const bodies = fc.constantFrom<(id: string) => Omit<Step, 'id'>>(
    () => tool('test.note', { at: '${{ index }}', item: '${{ item }}' }),
    () => tool('test.work', { ms: '${{ item * 10 }}' }),
    () => tool('test.big', { bytes: '${{ item * 900 }}' }),
    () => tool('test.flaky', { failures: '${{ item % 2 }}' }),
    improving('${{ item }}', ROUNDS),
    improving('${{ item }}', ROUNDS, '20ms'),
  );
  return fc
    .record({
      body: bodies,
      list: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 }),
      parallel: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    })
    .map(({ body, list, parallel }) => {
      const { length: failed } = body('').until ? list.filter((item) => item > ROUNDS) : [];
      const step = (id: string): Omit<Step, 'id'> => ({
        ...body(id),
        for_each: `\${{ ${JSON.stringify(list)} }}`,
        ...(parallel === undefined ? {} : { parallel }),
      });
      return { step, succeeds: failed === 0, elements: { count: list.length, failed } };
    });
}

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
      .record({
        good_from: fc.integer({ min: 1, max: 3 }),
        rounds: fc.integer({ min: 1, max: 3 }),
        every: pause(),
      })
      .map(({ good_from, rounds, every }) => ({
        step: improving(good_from, rounds, every),
        succeeds: good_from <= rounds,
      })),
  },
  { weight: 4, arbitrary: repeated() },
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

/** Positions are taken modulo the number of earlier steps, so that every draw is a plan without cycles. */
const drawn = (deed: fc.Arbitrary<Deed>) =>
  fc.record({
    deed,
    after: fc.array(fc.nat(1_000), { maxLength: 3 }),
    when: fc.option(fc.record({ position: fc.nat(1_000), status: fc.constantFrom('completed', 'failed', 'skipped') }), {
      freq: 3,
    }),
    onError: fc.oneof(
      { weight: 8, arbitrary: fc.constant('continue' as const) },
      { weight: 4, arbitrary: fc.constant('not critical' as const) },
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

/** A group of steps: once, in rounds, or for each element of a list. */
function grouped(deed: fc.Arbitrary<Deed>): fc.Arbitrary<Deed> {
  return fc
    .record({
      drawn: fc.array(drawn(deed), { minLength: 1, maxLength: 5, size: 'max' }),
      list: fc.option(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 })),
      parallel: fc.integer({ min: 1, max: 4 }),
      until: fc.option(fc.record({ good_from: fc.integer({ min: 1, max: 3 }), every: pause() })),
    })
    .map(({ drawn, list, parallel, until }) => {
      const inner = (id: string): Ends => stepsOf(drawn, (position) => `${id}_${position}`);
      const { fails } = inner('s');
      const count = list?.length;
      const step = (id: string): Omit<Step, 'id'> => ({
        kind: 'group',
        steps: [...inner(id).steps, ...(until && !list ? [round(id)] : [])],
        ...(list ? { for_each: `\${{ ${JSON.stringify(list)} }}`, parallel } : until ? inRounds(id, until) : {}),
      });
      const isBad = fails || (!list && until !== null && until.good_from > ROUNDS);
      return {
        step,
        succeeds: count === 0 || !isBad,
        ...(count === undefined ? {} : { elements: { count, failed: fails ? count : 0 } }),
        group: (id) => ({
          ...inner(id),
          each: list !== null,
          rounds: !list && until && !fails ? Math.min(until.good_from, ROUNDS) : 1,
        }),
      };
    });
}

const round = (id: string): Step => ({ id: `${id}_round`, ...tool('test.note', { round: '${{ index + 1 }}' }) });

const inRounds = (id: string, { good_from, every }: { good_from: number; every?: string }): Partial<Step> => ({
  until: {
    check: 'test.check',
    with: { output: `\${{ steps.${id}.output.${id}_round }}`, good_from },
    rounds: ROUNDS,
    otherwise: 'fail',
    ...(every === undefined ? {} : { every }),
  },
});

const within = fc.oneof({ weight: 20, arbitrary: deed }, { weight: 2, arbitrary: grouped(deed) });
const anyDeed = fc.oneof({ weight: 20, arbitrary: deed }, { weight: 4, arbitrary: grouped(within) });

export const randomPlan: fc.Arbitrary<RandomPlan> = fc
  .record({
    drawn: fc.array(drawn(anyDeed), { minLength: 2, maxLength: 30, size: 'max' }),
    max_parallel: fc.integer({ min: 1, max: 16 }),
    controls,
  })
  .map(({ drawn, max_parallel, controls }) => {
    const { steps, ...made } = stepsOf(drawn, (position) => `s${position}`);
    return { plan: { name: 'random', steps, max_parallel }, ...made, controls };
  });

type Drawn = ReturnType<typeof drawn> extends fc.Arbitrary<infer T> ? T : never;

function stepsOf(drawn: readonly Drawn[], name: (position: number) => string): Ends {
  const made: Ends = {
    steps: [],
    ends: new Map(),
    fails: false,
    answers: new Map(),
    elements: new Map(),
    groups: new Map(),
  };
  drawn.forEach((draw, position) => add(made, draw, position, name));
  return made;
}

function add(
  made: Ends,
  { deed, after, when, onError }: Drawn,
  position: number,
  name: (position: number) => string,
): void {
  const id = name(position);
  const before = (drawn: number) => name(drawn % position);
  const depends_on = position === 0 ? [] : [...new Set(after.map(before))];
  const condition = when && position > 0 ? { id: before(when.position), status: when.status } : undefined;
  const body = typeof deed.step === 'function' ? deed.step(id) : deed.step;
  // approvals and waits have no fallbacks
  const hasFallback = onError.endsWith('fallback') && (body.kind === 'tool' || body.kind === 'group');
  const fallback = hasFallback ? id.replace('s', 'f') : undefined;
  made.steps.push({
    ...{ id, ...body, depends_on },
    ...(condition ? { when: `steps.${condition.id}.status == "${condition.status}"` } : {}),
    ...(fallback
      ? { on_error: { fallback } }
      : onError === 'not critical'
        ? { critical: false }
        : { on_error: onError === 'fail' ? 'fail' : 'continue' }),
  });
  if (fallback) made.steps.push({ id: fallback, ...tool(onError === 'good fallback' ? 'test.note' : 'test.fail') });
  if (deed.answer) made.answers.set(id, deed.answer);
  const goesOn = !fallback && onError !== 'fail';
  if (deed.elements) made.elements.set(id, deed.elements);
  const group = deed.group?.(id);
  if (group) {
    made.groups.set(id, group);
    for (const [asked, answer] of group.answers) made.answers.set(asked, answer);
  }
  foresee(
    made,
    { id, fallback, good: onError === 'good fallback', fatal: onError === 'fail' },
    deed.elements && goesOn ? { ...deed, succeeds: true } : deed,
    [...depends_on, ...(condition ? [condition.id] : [])],
    condition,
  );
}

/** Predicts the end of a step from the ends of those before it. */
function foresee(
  made: Ends,
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
