import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import type { CausesState } from '../../core/engine/causes';
import type { Json } from '../../schemas/json';
import type { ApprovalState } from './approvals';
import type { ControlState } from './control';
import type { CarriedPlan } from './follower';
import type { Outbox, OutboxState } from './outbox';

/** State that a run takes along when it continues as new: small things inline, the table of steps by reference. */
export interface Carried {
  once: { [name: string]: Json };
  outbox: OutboxState;
  approvals: ApprovalState[];
  control: ControlState;
  causes: CausesState;
  started: string;
  /** the plan under way: a run may follow several, one after the other */
  following?: CarriedPlan;
  /** the run goes on from one that has ended, because a person wants it */
  retry?: Retry;
}

/** A person's wish that an ended run goes on; `run_id`: the execution that has ended. */
export interface Retry {
  by: string;
  run_id: string;
  /** steps that are carried out once more, where the wish says so */
  steps?: { step: string; round: number }[];
}

/** Goes on in a new run of the chain. From the last check to the end nothing is awaited, so that nothing is lost. */
export async function carryOn(input: unknown, outbox: Outbox, carry: () => Omit<Carried, 'outbox'>): Promise<never> {
  // an event spoken while the events are packed adds to them, and so does a message whose proof is being checked
  while (!outbox.packed || !allHandlersFinished()) {
    await condition(allHandlersFinished);
    await outbox.pack();
  }
  return await continueAsNew(input, { ...carry(), outbox: outbox.carry() });
}
