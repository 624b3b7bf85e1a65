import { pino } from 'pino';
import type { Envelope } from '../../../schemas/envelope';
import { eventId } from '../../../src/runs/event-id';
import { createOwnEvents } from '../../../src/runs/own-events';
import type { RunDependencies } from '../../../src/runs/ports';
import { workflowIdOf, workflowIdOfEvent } from '../../../src/temporal/ids';
import { TemporalError } from '../../../src/temporal/errors';

const namespace = 'audit';
const of = (process: string, subject: Envelope['subject'], more: Partial<Envelope> = {}): Envelope => ({
  event_id: 'e-1',
  event_type: 'WORK.ITEM_COMPLETED',
  schema_version: 1,
  source: `awe.${process}`,
  occurred_at: '2026-01-01T00:00:00.000Z',
  correlation_id: 'c',
  subject,
  seq: 1,
  payload: {},
  ...more,
});
const project = { kind: 'project' as const, id: 'P1' };

describe('the run that an event claims to be of', () => {
  const claimed = (event: Envelope) => workflowIdOfEvent(namespace, event);

  it('is named by its subject', () => {
    expect(claimed(of('audit', project))).toBe(workflowIdOf(namespace, 'audit', 'P1'));
    expect(claimed(of('order', { kind: 'order', id: 'O1' }))).toBe(workflowIdOf(namespace, 'order', 'O1'));
    expect(claimed(of('dispatch', { kind: 'run', id: 'audit.dispatch.1' }))).toBe('audit.dispatch.1');
    expect(claimed(of('run', { kind: 'run', id: 'audit.run.1' }))).toBe('audit.run.1');
  });

  it('is none where no process of ours would say it so', () => {
    expect(claimed(of('dispatch', project))).toBeUndefined();
    expect(claimed(of('order', project))).toBeUndefined();
    expect(claimed(of('nobody', project))).toBeUndefined();
    expect(claimed(of('constructor', project))).toBeUndefined();
    expect(claimed(of('audit', undefined))).toBeUndefined();
  });
});

it("a dispatch's own events are known by their ids, and a forged one is not", async () => {
  const workflowId = workflowIdOf(namespace, 'dispatch', 'asked');
  const dependencies = {
    temporal: {
      namespace: 'default',
      call: async (work: (client: unknown) => unknown) =>
        work({
          workflow: {
            getHandle: (id: string) => ({
              async describe() {
                if (id !== workflowId) throw new TemporalError('not_found', 'no such run');
                return { runId: 'r1' };
              },
            }),
          },
          workflowService: {
            listWorkflowExecutions: async () => ({ executions: [] }),
            getWorkflowExecutionHistory: async () => ({}),
          },
        }),
    },
    store: { readRecord: async () => undefined },
    settings: { namespace },
    log: pino({ level: 'silent' }),
  } as unknown as RunDependencies;
  const isOwn = createOwnEvents(dependencies);
  const said = of('dispatch', { kind: 'run', id: workflowId }, { event_id: eventId(workflowId, 'r1', 1) });
  expect(await isOwn(said)).toBe(true);
  expect(await isOwn({ ...said, event_id: 'made-up' })).toBe(false);
  expect(await isOwn({ ...said, subject: { kind: 'run', id: workflowIdOf(namespace, 'dispatch', 'other') } })).toBe(
    false,
  );
  expect(await isOwn({ ...said, source: 'awe.audit' })).toBe(false);
});
