import { defineQuery, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';
import {
  messages,
  type ControlRequest,
  type Decision,
  type DecisionAnswer,
  type EventPage,
  type RunView,
  type StepPage,
} from '../../schemas/run';
import type { Control } from './control';
import { readControl } from './messages';

/** Steps of a page, at most. */
const STEPS = 500;

/** Parts of a run that its handlers speak to. */
export interface Listener {
  control: Control;
  decide(sent: unknown, channel: 'api' | 'signal'): DecisionAnswer;
  view(): RunView;
  steps(from: number, limit: number): StepPage;
  events(after: number, limit: number): EventPage;
}

/**
 * Registers the handlers of signals, updates and queries, before anything is awaited. A decision is stored before its
 * handler returns; whatever follows from it is an activity, which begins when the server has kept the decision.
 */
export function listen({ control, decide, view, steps, events }: Listener): void {
  setHandler(defineUpdate<DecisionAnswer, [Decision]>(messages.decide), (sent) => decide(sent, 'api'));
  setHandler(defineSignal<[unknown]>(messages.decide), (sent) => void decide(sent, 'signal'));
  setHandler(defineSignal<[ControlRequest]>(messages.pause), (sent) => control.pause(readControl(sent)));
  setHandler(defineSignal<[ControlRequest]>(messages.resume), (sent) => control.resume(readControl(sent)));
  setHandler(defineSignal<[ControlRequest]>(messages.cancel), (sent) => control.cancel(readControl(sent)));
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
