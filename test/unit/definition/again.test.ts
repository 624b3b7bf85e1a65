import type { StepState } from '../../../core/engine/table';
import type { DefinitionContent, DefinitionStep } from '../../../schemas/definition/definition';
import { beginningOf, isBehind, takenOver, withDependents } from '../../../src/definition/again';
import { compileDefinition } from '../../../src/definition/compile';

const said = (step_id: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id, step_type: 'transform', parameters: {} },
  ...more,
});
const steps: DefinitionStep[] = [
  said('both', { step_type: 'parallel', parameters: undefined, steps: [said('left'), said('right')] }),
  said('shaped', { output: { n: 1 }, on_error: { fallback: 'instead' } }),
  said('instead'),
  said('each', { step_type: 'loop', parameters: undefined, items: '[1]', steps: [said('a'), said('b')] }),
  said('last', { depends_on: ['both'] }),
  said('unit', { step_type: 'parallel', parameters: undefined, on_error: { fallback: 'spare' }, steps: [said('c')] }),
  said('spare'),
];
const content: DefinitionContent = { name: 'w', steps };
const { plan } = compileDefinition(
  content,
  steps.map((step, index) => ({ step, at: `/steps/${index}` })),
  new Map(),
);

it('begins with the steps of the plan that a step of the definition has become', () => {
  expect(beginningOf(content, plan, 'left')).toEqual(['left']);
  expect(beginningOf(content, plan, 'both')).toEqual(['left', 'right']);
  expect(beginningOf(content, plan, 'each')).toEqual(['each']);
  expect(beginningOf(content, plan, 'unit')).toEqual(['unit']);
});

it('says where to begin instead', () => {
  for (const [step, group] of [
    ['b', 'each'],
    ['c', 'unit'],
  ] as const)
    expect(beginningOf(content, plan, step)).toEqual({
      fault: `is within ${group}, which runs again as a whole; begin at ${group}`,
    });
  expect(beginningOf(content, plan, 'instead')).toEqual({
    fault: expect.stringContaining('is the fallback of shaped'),
  });
  expect(beginningOf(content, plan, 'lasst')).toEqual({ fault: 'is no step of this workflow; did you mean last?' });
});

it('runs what depends on the step again, with fallbacks, and takes over what has ended well besides', () => {
  const links = new Map([
    ['both', { needs: ['left', 'right'], reads: [] }],
    ['last', { needs: ['both'], reads: [] }],
  ]);
  const again = withDependents(plan, links, ['left']);
  expect([...again].sort()).toEqual(['both', 'last', 'left']);
  const row = (status: StepState['status']): StepState => ({ status, rounds: 1 });
  const rows = takenOver(
    plan,
    [
      ['left', row('completed')],
      ['right', row('completed')],
      ['each', row('failed')],
    ],
    again,
  );
  expect(rows.map(([id]) => id)).toEqual(['right']);
});

it('an effect is behind where its step, its loop or its round is done', () => {
  const rows = new Map<string, StepState>([
    ['done', { status: 'completed', rounds: 1 }],
    ['each', { status: 'running', rounds: 1, each: { count: 2, list: { inline: [] } } }],
    ['each.0', { status: 'completed', rounds: 1 }],
    ['each.1', { status: 'running', rounds: 1 }],
    ['poll', { status: 'running', rounds: 3 }],
    ['once', { status: 'ready', rounds: 2 }],
  ]);
  const behind = (step: string, round = 1) => isBehind(rows, { step, round });
  expect([behind('done'), behind('done.3.x'), behind('each.0.x'), behind('poll.1.x'), behind('once')]).toEqual(
    Array(5).fill(true),
  );
  expect([behind('each.1.x'), behind('poll.2.x'), behind('once', 2), behind('other')]).toEqual(Array(4).fill(false));
});
