/** How often a failed attempt is followed by another, as the workers are configured. */
import { toFailure, ToolError, type Retries } from '../../../activities/tools/errors';
import { checkPlan } from '../../../core/plan/check';
import { loadPlan } from '../../../core/plan/load';
import type { ErrorClass } from '../../../schemas/tool';
import { catalogue } from '../engine/followed';

const retried = (of: ErrorClass, retries: Retries, details?: object) =>
  !toFailure(new ToolError({ class: of, type: 'test.broken', message: 'broken', details }), retries).nonRetryable;

it.each<[Retries, ErrorClass[]]>([
  ['transient', ['transient']],
  ['any', ['transient', 'permanent']],
  ['none', []],
])('with %s, failures are retried of the classes %j', (retries, classes) => {
  const all: ErrorClass[] = ['transient', 'permanent', 'policy', 'input'];
  expect(all.filter((of) => retried(of, retries))).toEqual(classes);
  expect(retried('permanent', retries, { outcome: 'unknown' })).toBe(false);
});

it('a loaded step has the attempts and the idle time that the workers are configured with', () => {
  const step = { id: 'a', kind: 'tool' as const, uses: 'test.flaky', retry: { attempts: 7 } };
  const checked = checkPlan({ name: 'one', steps: [step] }, catalogue);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults));
  const classOf = (settings: object) => loadPlan(checked, catalogue, { maxParallel: 1, ...settings }).steps[0]?.class;
  expect(classOf({})).toMatchObject({ attempts: 7 });
  expect(classOf({ retries: 'any', recoverIdleMs: 9_000 })).toMatchObject({ attempts: 7, idleMs: 9_000 });
  expect(classOf({ retries: 'none' })).toMatchObject({ attempts: 1 });
});
