import type { MessagePort } from 'node:worker_threads';
import { createValueStore, type ValueStore } from '../documents/values';
import { outcomeOf, storeBehind, type Outcome } from './store';

/** Parts of a thread's work: its input, and the port behind which the document store of its process is. */
export interface Given<I> {
  input: I;
  port: MessagePort;
}

/** A function of a module that threads run. */
export type ThreadWork<I, O> = (given: Given<I>) => Promise<Outcome<O>>;

/**
 * Makes a function that threads run. Large values come and go by reference: what crosses over between threads is copied,
 * and copying it would hold up the process as much as the work itself.
 */
export function threadWork<I, O>(work: (input: I, values: ValueStore) => O | Promise<O>): ThreadWork<I, O> {
  return async ({ input, port }) => await outcomeOf(() => work(input, createValueStore(storeBehind(port))));
}
