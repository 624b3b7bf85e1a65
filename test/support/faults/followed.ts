/** Checks that a run of a random plan has gone as the model says. */
import type { PlatformEvent } from '../../../schemas/envelope';
import type { JsonObject } from '../../../schemas/json';
import type { Step } from '../../../schemas/plan';
import type { RunRecord, RunStatus, StepStatus, StepView } from '../../../schemas/run';
import type { Group, RandomPlan } from './plans';

/** The run ended as the model predicts; or, if cut short, every step that has ended did. */
export function expectFollowed(made: RandomPlan, record: RunRecord): void {
  const { plan } = made;
  expectEnds(made, record.status, record.step_views);
  const places = placesOf(record.events);
  for (const step of plan.steps) {
    const own = places.get(step.id);
    if (!own) continue;
    expect(`${step.id} ${own.story}`).toMatch(record.status === 'completed' ? WHOLE : CUT_SHORT);
    for (const need of needsOf(step)) {
      const before = places.get(need);
      expect({ step: step.id, need, inOrder: before !== undefined && before.last < own.first }).toEqual({
        ...{ step: step.id, need, inOrder: true },
      });
    }
  }
}

/** The plan, its steps and their elements ended as the model predicts. */
export function expectEnds(made: RandomPlan, status: RunStatus, views: StepView[]): void {
  const { plan, ends, fails, elements, controls } = made;
  const cancelled = controls.some(({ signal }) => signal === 'cancel');
  if (!cancelled) expect(status).toBe(fails ? 'failed' : 'completed');
  else expect(['cancelled', fails ? 'failed' : 'completed']).toContain(status);
  const hasFallback = (id: string) => typeof plan.steps.find((step) => step.id === id)?.on_error === 'object';
  for (const view of views) {
    const { id } = view;
    const allowed: (StepStatus | undefined)[] = [ends.get(id)];
    if (status !== 'completed') allowed.push('pending', 'cancelled', ...(hasFallback(id) ? ['failed' as const] : []));
    expect({ id, status: allowed.includes(view.status) ? 'allowed' : view.status }).toEqual({ id, status: 'allowed' });
    const { count, failed } = elements.get(id) ?? {};
    if (view.status !== 'completed' || count === undefined || hasFallback(id)) continue;
    expect({ id, elements: view.elements }).toEqual({ id, elements: { count, ended: count, failed } });
    if (view.output && 'inline' in view.output) expect(view.output.inline).toMatchObject({ count, failed });
  }
  for (const { id, status: end, output } of views) {
    const group = made.groups.get(id);
    if (!group || end !== 'completed' || group.fails || hasFallback(id) || !output || 'ref' in output) continue;
    const items = group.each ? (output.inline as { items: JsonObject[] }).items : [output.inline as JsonObject];
    for (const item of items) expect({ id, ends: endsIn(item, group) }).toEqual({ id, ends: expectedIn(group) });
  }
}

/** The steps of a group that have given something back; the rest of them have not. */
const endsIn = (output: JsonObject, group: Group): Record<string, boolean> =>
  Object.fromEntries(judged(group).map(({ id }) => [id, output[id] !== null && output[id] !== undefined]));

const expectedIn = (group: Group): Record<string, boolean> =>
  Object.fromEntries(judged(group).map(({ id }) => [id, group.ends.get(id) === 'completed']));

/** A step whose check was never met has its last output. */
const judged = ({ steps }: Group): Step[] => steps.filter(({ id, until }) => id.startsWith('s') && !until);

/** The letters of a step's story; a question counts as its start. */
const letters: { [type: string]: string } = {
  'TASK.STARTED': 'S',
  'TASK.RETRIED': 'R',
  'TASK.COMPLETED': 'C',
  'TASK.FAILED': 'F',
  'TASK.RECOVERED': 'V',
  'TASK.SKIPPED': 'K',
  'APPROVAL.REQUESTED': 'Q',
  'APPROVAL.DECIDED': 'D',
};
const WHOLE = /^[sf]\d+ (K|(S(RS)*|QD)(C|FV?))$/;
/** A run may be cut between the check that wants a step again and its next round. */
const CUT_SHORT = /^[sf]\d+ (K|S(RS)*(R|C|FV?)?|QD?(C|FV?)?)$/;

function placesOf(events: PlatformEvent[]): Map<string, { first: number; last: number; story: string }> {
  const places = new Map<string, { first: number; last: number; story: string }>();
  for (const { seq, event_type, payload } of events) {
    const id = payload['step'] ?? payload['approval_id'];
    const letter = letters[event_type];
    if (typeof id !== 'string' || !letter) continue;
    const { first, story } = places.get(id) ?? { first: seq, story: '' };
    places.set(id, { first, last: seq, story: story + letter });
  }
  return places;
}

function needsOf({ depends_on = [], when }: Step): string[] {
  const asked = /^steps\.(\w+)\./.exec(when ?? '')?.[1];
  return asked ? [...depends_on, asked] : depends_on;
}
