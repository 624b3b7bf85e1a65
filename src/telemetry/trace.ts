import { atPlace, placeHere, type Place } from './scope';

/** Facts of a span: ids, names, counts. Never texts, prompts, cells of a sheet or secrets. */
export type Attributes = Record<string, string | number | boolean | undefined>;

export interface SpanStart {
  /** one of a few values: facts that differ from call to call are attributes */
  name: string;
  kind?: 'server' | 'client' | 'consumer' | 'internal';
  attributes?: Attributes;
  /** the caller's place; by default the span under way here */
  parent?: Place;
}

/** A span under way. */
export interface Span {
  place: Place;
  set(attributes: Attributes): void;
  rename(name: string): void;
  /** `type`: the stable name of an error, never its message */
  end(error?: { type: string }): void;
}

/** A span that is over, with an id of its own. */
export interface PastSpan extends SpanStart {
  spanId: string;
  began: number;
  ended: number;
  error?: { type: string };
}

/** The receiver of spans. A process has one or none. */
export interface Tracer {
  start(span: SpanStart): Span;
  record(span: PastSpan): void;
}

let tracer: Tracer | undefined;

/** Traces everything from now on; `undefined` ends tracing. */
export function setTracer(now: Tracer | undefined): void {
  tracer = now;
}

/** Begins a span that the caller ends; undefined without tracing. */
export const startSpan = (span: SpanStart): Span | undefined =>
  tracer?.start(span.parent ? span : { ...span, parent: placeHere() });

export const recordSpan = (span: PastSpan): void => tracer?.record(span);

/** Does work in a span of its own, above the spans that the work makes. Costs nothing without tracing. */
export async function runInSpan<T>(about: SpanStart, work: (span: Span | undefined) => Promise<T>): Promise<T> {
  const span = startSpan(about);
  if (!span) return await work(undefined);
  try {
    const result = await atPlace(span.place, () => work(span));
    span.end();
    return result;
  } catch (error) {
    span.end({ type: errorType(error) });
    throw error;
  }
}

/** The stable name of an error: our type if it has one, else its class. */
function errorType(error: unknown): string {
  const { type, name } = (error ?? {}) as { type?: unknown; name?: unknown };
  return typeof type === 'string' ? type : typeof name === 'string' ? name : 'unknown';
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The place in a `traceparent`; undefined if it is not valid. */
export function readTraceparent(text: string | undefined): Place | undefined {
  const [, traceId, spanId, flags] = (text && text.length <= 200 && TRACEPARENT.exec(text)) || [];
  return traceId && spanId && flags ? { traceId, spanId, flags } : undefined;
}

/** Headers by which a receiver may continue the trace; none without tracing. */
export function traceHeaders(): { traceparent?: string } {
  const here = tracer && placeHere();
  return here ? { traceparent: `00-${here.traceId}-${here.spanId}-${here.flags}` } : {};
}

/** Adds the trace, if there is one, to a request. */
export function withTrace<T extends RequestInit>(init: T): T {
  const { traceparent } = traceHeaders();
  if (traceparent === undefined) return init;
  const headers = new Headers(init.headers);
  headers.set('traceparent', traceparent);
  return { ...init, headers };
}

/** A `fetch` that passes the trace on. */
export const tracedFetch: typeof fetch = (input, init) => fetch(input, withTrace(init ?? {}));
