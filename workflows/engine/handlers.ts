import { HandlerUnfinishedPolicy } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import {
  messages,
  type ChangeRequest,
  type ControlRequest,
  type Decision,
  type DecisionAnswer,
  type EventPage,
  type RunView,
  type StepPage,
} from '../../schemas/run';
import type { ControlName } from './control';
import type { Route } from './inbox';

/** Steps of a page, at most. */
const STEPS = 500;

/** Parts of a run that its handlers speak to. */
export interface Listener {
  decide(sent: unknown, route: Route): Promise<DecisionAnswer>;
  control(request: ControlName, sent: unknown): Promise<void>;
  /** of a process that takes changes */
  change?: (sent: unknown) => Promise<void>;
  view(): RunView;
  steps(from: number, limit: number): StepPage;
  events(after: number, limit: number): EventPage;
}

/**
 * Registers the handlers of signals, updates and queries, before anything is awaited. A decision is stored before its
 * handler returns; whatever follows from it is an activity, which begins when the server has kept the decision. A
 * message whose proof is still being checked when the run ends has come too late.
 */
export function listen({ decide, control, change, view, steps, events }: Listener): void {
  const abandoned = { unfinishedPolicy: HandlerUnfinishedPolicy.ABANDON };
  const update = defineUpdate<DecisionAnswer, [Decision]>(messages.decide);
  setHandler(update, (sent) => decide(sent, 'update'), abandoned);
  setHandler(defineSignal<[unknown]>(messages.decide), async (sent) => void (await decide(sent, 'signal')), abandoned);
  for (const name of ['pause', 'resume', 'cancel'] as const)
    setHandler(defineSignal<[ControlRequest]>(messages[name]), (sent) => control(name, sent), abandoned);
  if (change) setHandler(defineSignal<[ChangeRequest]>(messages.change), change, abandoned);
  setHandler(defineQuery<RunView>(messages.status), view);
  setHandler(
    defineQuery<StepPage, [{ from?: number; limit?: number }?]>(messages.steps),
    ({ from = 0, limit = 200 } = {}) => steps(from, Math.min(limit, STEPS)),
  );
  setHandler(
    defineQuery<EventPage, [{ after?: number; limit?: number }?]>(messages.events),
    ({ after = 0, limit = 500 } = {}) => events(after, limit),
  );
}
