import { AsyncLocalStorage } from 'node:async_hooks';

/** Fields that every log line carries while a piece of work goes on. Only ids: never texts or values. */
export interface ScopeFields {
  request_id?: string;
  workflow_id?: string;
  run_id?: string;
  activity?: string;
  step_id?: string;
  attempt?: number;
}

/** A place in a trace, as in W3C's `traceparent`. */
export interface Place {
  traceId: string;
  spanId: string;
  /** two hexadecimal digits; the last bit is set if the trace is kept */
  flags: string;
}

interface Scope {
  fields: ScopeFields;
  place?: Place;
}

const storage = new AsyncLocalStorage<Scope>();

/** Does work whose log lines carry `fields`, besides those of the work around it. */
export function withLogFields<T>(fields: ScopeFields, work: () => T): T {
  const outer = storage.getStore();
  return storage.run({ ...outer, fields: { ...outer?.fields, ...fields } }, work);
}

/** Does work at another place in a trace. */
export function atPlace<T>(place: Place, work: () => T): T {
  return storage.run({ fields: storage.getStore()?.fields ?? {}, place }, work);
}

/** The fields for log lines written here. */
export function logFields(): ScopeFields & { trace_id?: string } {
  const scope = storage.getStore();
  if (!scope) return {};
  return scope.place ? { ...scope.fields, trace_id: scope.place.traceId } : scope.fields;
}

export const placeHere = (): Place | undefined => storage.getStore()?.place;
