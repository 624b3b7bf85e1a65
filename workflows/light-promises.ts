/**
 * The SDK records a stack trace for every promise that a workflow makes, for the Web UI's *Call Stack*. That was half of
 * the interpreter's time, and there is no option against it. To get at what belongs to a promise's run, its hook makes
 * functions by the constructor of the promise's constructor. So a promise of a workflow has one that knows those two
 * functions, ready made: the run is found as ever, and the stack trace is none. It counts because it is set before the
 * SDK freezes the globals: see docs/decisions/009.
 */
const ready = new Map<string, () => unknown>([
  [
    'return globalThis.__TEMPORAL_ACTIVATOR__',
    () => (globalThis as { __TEMPORAL_ACTIVATOR__?: unknown }).__TEMPORAL_ACTIVATOR__,
  ],
  ['return globalThis.Error', () => NoStack],
]);

/** In place of an error that is made for its stack alone. */
class NoStack {
  readonly stack = undefined;
}

Object.defineProperty(Promise, 'constructor', {
  value: (source: string) => ready.get(source) ?? (Promise.resolve.constructor as FunctionConstructor)(source),
});
