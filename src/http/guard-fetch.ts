import { UserError } from '../config';
import { StrangeEncoding, strangeEncoding } from './encodings';

/** A dispatcher of undici, the HTTP client behind Node's `fetch`. */
type Dispatcher = NonNullable<RequestInit['dispatcher']>;
type Handler = Parameters<Dispatcher['dispatch']>[1];

/** The names under which undici shares its dispatcher with whoever wants to replace it: version 8, and those before. */
const PLACES = ['undici.globalDispatcher.2', 'undici.globalDispatcher.1'].map((name) => Symbol.for(name));
/** Milliseconds without a byte. Callers have limits of their own; this is the longest that one can be set to. */
const SILENCE = 3_600_000;

const guarded = new WeakSet<Dispatcher>();

/**
 * Makes every `fetch` of this process refuse an answer in an encoding that is not unpacked here, before its first byte
 * is: `fetch` unpacks all that it knows, even what it has not asked for. For programs, at their start.
 */
export function guardFetch(): void {
  new Headers(); // Node loads its client when it is first used
  const globals = globalThis as unknown as Record<symbol, Dispatcher | undefined>;
  const places = PLACES.filter((place) => globals[place] !== undefined);
  if (places.length === 0) throw new UserError(`AWE does not know the fetch of Node ${process.version}: use Node 24.`);
  for (const place of places) {
    const dispatcher = globals[place];
    if (dispatcher && !guarded.has(dispatcher)) globals[place] = guard(dispatcher);
  }
}

function guard(dispatcher: Dispatcher): Dispatcher {
  const guarding = Object.create(dispatcher) as Dispatcher;
  guarding.dispatch = (options, handler) =>
    dispatcher.dispatch({ ...options, headersTimeout: SILENCE, bodyTimeout: SILENCE }, guardHandler(handler));
  guarded.add(guarding);
  return guarding;
}

/** The handler of an answer, which sees no headers that it should not act upon. An error thrown here ends the call. */
function guardHandler(handler: Handler): Handler {
  return new Proxy(handler, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => {
        if (name === 'onHeaders') refuseStrange(headerIn(given[1] as Buffer[]));
        if (name === 'onResponseStart') refuseStrange((given[2] as Record<string, string | string[]>)[NAME]);
        return Reflect.apply(method, target, given) as unknown;
      };
    },
  });
}

const NAME = 'content-encoding';

/** The value in a list of names and values in turn. */
function headerIn(headers: Buffer[]): string[] {
  return headers.filter((_, i) => i % 2 === 1 && headers[i - 1]?.toString().toLowerCase() === NAME).map(String);
}

function refuseStrange(header: string | string[] | undefined): void {
  const encoding = strangeEncoding(String(header ?? ''));
  if (encoding !== undefined) throw new StrangeEncoding(encoding);
}
