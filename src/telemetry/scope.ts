import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line says that is written while something goes on. Ids alone: never texts, never values. */
export interface ScopeFields {
  request_id?: string;
  workflow_id?: string;
  run_id?: string;
  activity?: string;
  step_id?: string;
  attempt?: number;
}

/** A place in a trace, as W3C's `traceparent` names it. */
export interface Place {
  traceId: string;
  spanId: string;
  /** two hexadecimal digits; the last bit says whether the trace is kept */
  flags: string;
}

interface Scope {
  fields: ScopeFields;
  place?: Place;
}

const storage = new AsyncLocalStorage<Scope>();

/** Does work about which log lines say `fields`, beside what is said around it. */
export function within<T>(fields: ScopeFields, work: () => T): T {
  const outer = storage.getStore();
  return storage.run({ ...outer, fields: { ...outer?.fields, ...fields } }, work);
}

/** Does work at another place of a trace. */
export function at<T>(place: Place, work: () => T): T {
  return storage.run({ fields: storage.getStore()?.fields ?? {}, place }, work);
}

/** What log lines say here. */
export function logFields(): ScopeFields & { trace_id?: string } {
  const scope = storage.getStore();
  if (!scope) return {};
  return scope.place ? { ...scope.fields, trace_id: scope.place.traceId } : scope.fields;
}

export const placeHere = (): Place | undefined => storage.getStore()?.place;
