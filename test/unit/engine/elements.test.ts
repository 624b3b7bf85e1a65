import { callOf } from '../../../core/engine/call';
import { elementId } from '../../../core/engine/row-id';
import { Elements } from '../../../core/engine/elements';
import { StepTable } from '../../../core/engine/table';
import type { LoadedStep } from '../../../schemas/loaded-plan';
import { checkPlan } from '../../../core/plan/check';
import { loadPlan } from '../../../core/plan/load';
import { catalogue } from './followed';

function repeating(): { step: LoadedStep; table: StepTable } {
  const each = { id: 'a', kind: 'tool' as const, uses: 'test.note', with: { n: '${{ item }}' }, for_each: 'input' };
  const checked = checkPlan({ name: 'list', steps: [each] }, catalogue);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  const { steps } = loadPlan(checked, catalogue, { maxParallel: 16 });
  return { step: steps[0]!, table: new StepTable(steps) };
}

it('a step fails with an unknown outcome where that of any of its elements is unknown', () => {
  const { step, table } = repeating();
  table.set('a', { status: 'running', rounds: 1, each: { count: 2, list: { inline: [1, 2] } } });
  const failed = (index: number, error: object) =>
    table.set(elementId('a', index), { status: 'failed', error: { type: 'test', message: 'broken', ...error } });
  failed(0, {});
  failed(1, { outcome: 'unknown' });
  expect(new Elements(table).next(step, 'input')).toMatchObject({
    do: 'gather',
    error: { type: 'test', message: 'element 0: broken', outcome: 'unknown' },
  });
});

it('an element has another key in the next round of its step', () => {
  const { step, table } = repeating();
  const element = { ...step, id: elementId('a', 1), element: { of: 'a', index: 1 } };
  const key = (rounds: number, round: number) => {
    table.set('a', { rounds });
    const caller = { workflowId: 'w', correlationId: 'c', mode: 'live' as const };
    return callOf({ do: 'round', step: element, round }, caller, table).key;
  };
  const keys = [key(1, 1), key(1, 2), key(2, 1), key(2, 2)];
  expect(keys[0]).toBe(`w/${element.id}/test.note/1`);
  expect(new Set(keys).size).toBe(4);
});
