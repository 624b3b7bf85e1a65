import { sleep } from '@temporalio/workflow';

/** Leaves a rejection unhandled, and then waits. */
export async function careless(): Promise<void> {
  void Promise.reject(new Error('nobody listens'));
  await sleep('1 minute');
}

/** Waits. */
export async function patient(): Promise<void> {
  await sleep('1 minute');
}
