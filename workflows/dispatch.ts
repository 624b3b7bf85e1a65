import { workflowInfo } from '@temporalio/workflow';
import type { DeliverableView, DispatchInput, DispatchView } from '../schemas/audit/run';
import type { Json } from '../schemas/json';
import { auditVoice, deliverableOf } from './audit/voice';
import { Run, type Carried, type Conclusion, type Followed } from './engine/run';
import type { Spoken } from '../core/engine/event';
import type { Moment } from '../core/engine/voice';

/**
 * Work for one agent that somebody else has dispatched, without a project: the agent delivers, the definition of done
 * checks, a person decides where it is not met. The dispatch itself is the sender's event and is not spoken again.
 */
export async function dispatch(input: DispatchInput, carried?: Carried): Promise<Json> {
  let last: Spoken | undefined;
  const run = new Run(
    {
      process: 'dispatch',
      subject: { kind: 'run', id: workflowInfo().workflowId },
      correlationId: input.correlation_id,
      causationId: input.event_id,
      title: `${input.agent_target} for ${input.project_id}`,
      signals: input.options.approval_signals,
      patience: patience(input),
      mode: 'live',
      voice: (moment) => {
        const spoken = voice(input, moment);
        // the item's end is the run's end, so it is spoken as the last event
        last = spoken.find(isEnd) ?? last;
        return spoken.filter((event) => !isEnd(event));
      },
      view: (self) => dispatchView(input, self),
    },
    input,
    carried,
  );

  return await run.story(
    async () => {
      const plan = await run.once('plan', () => makePlan(run, input));
      return conclude(input, run, await run.follow(plan, { inline: null }), last);
    },
    (error) => failed(input, error, run),
  );
}

function makePlan(run: Run, input: DispatchInput) {
  const { project_id, agent_target, requested_by, language, work_context, rows, folder, options } = input;
  const { rework_rounds } = options;
  return run.work.io(
    'planDispatch',
    { project_id, agent_target, requested_by, language, work_context, rows, folder, rework_rounds },
    'make the plan',
  );
}

function conclude(input: DispatchInput, run: Run, end: Followed, last: Spoken | undefined): Conclusion {
  switch (end.status) {
    case 'completed': {
      const result = (delivered(input, run) ?? null) as unknown as Json;
      return last
        ? { status: 'completed', result, last }
        : failed(input, { type: 'dispatch.untold', message: 'the item ended without a word' }, run);
    }
    case 'cancelled':
      return failed(input, { type: 'run.cancelled', message: `cancelled by ${end.by}` }, run);
    case 'failed':
      return failed(input, end.error, run);
  }
}

function failed(input: DispatchInput, error: Conclusion['error'] & {}, run: Run): Conclusion {
  const { project_id, backlog_item_id, agent_target } = input;
  return {
    status: run.cancelled === undefined ? 'failed' : 'cancelled',
    result: null,
    error,
    last: { type: 'WORK.ITEM_FAILED', payload: { project_id, backlog_item_id, agent_target, error } },
  };
}

/** The words of a project, about the item as the dispatch named it. */
function voice(input: DispatchInput, moment: Moment): Spoken[] {
  return auditVoice(
    input,
    undefined,
  )(moment)
    .filter(({ type }) => type !== 'WORK.ITEM_DISPATCHED')
    .map((spoken) =>
      'backlog_item_id' in spoken.payload
        ? ({ ...spoken, payload: { ...spoken.payload, backlog_item_id: input.backlog_item_id } } as Spoken)
        : spoken,
    );
}

const isEnd = ({ type }: Spoken): boolean => type === 'WORK.ITEM_COMPLETED' || type === 'WORK.ITEM_FAILED';

function patience({ options }: DispatchInput) {
  const { remind_after, escalate_after, expire_after } = options;
  return { remindAfter: remind_after, escalateAfter: escalate_after, expireAfter: expire_after };
}

function dispatchView(input: DispatchInput, run: Run): Json {
  const { project_id, backlog_item_id, agent_target, requested_by, rows } = input;
  const deliverable = delivered(input, run);
  const view: DispatchView = {
    ...{ project_id, backlog_item_id, agent_target, requested_by, rows },
    ...(deliverable ? { deliverable } : {}),
  };
  return view as unknown as Json;
}

function delivered({ backlog_item_id }: DispatchInput, run: Run): DeliverableView | undefined {
  const step = run.steps.find(({ kind, status }) => kind === 'agent' && status === 'completed');
  return step && { ...deliverableOf(step), backlog_item_id };
}
