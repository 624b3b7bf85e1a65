import { guardFetch } from '../../../src/http/guard-fetch';

/** Dispatchers as Node 20 to 24 have them (undici 6 and 7), and as Node 26 has them (undici 8). */
const kinds = [
  {
    place: Symbol.for('undici.globalDispatcher.1'),
    answer: (handler: Handler, encoding: string) =>
      handler.onHeaders?.(200, [Buffer.from('Content-Encoding'), Buffer.from(encoding)], () => undefined, 'OK'),
  },
  {
    place: Symbol.for('undici.globalDispatcher.2'),
    answer: (handler: Handler, encoding: string) =>
      handler.onResponseStart?.({}, 200, { 'content-encoding': encoding }, 'OK'),
  },
];
interface Handler {
  onHeaders?(...given: unknown[]): unknown;
  onResponseStart?(...given: unknown[]): unknown;
}
type Dispatch = (options: object, handler: Handler) => boolean;
const globals = globalThis as unknown as Record<symbol, { dispatch: Dispatch } | undefined>;
afterEach(() => kinds.forEach(({ place }) => delete globals[place]));

describe('the guard of fetch', () => {
  it.each(kinds)('stands before the dispatcher of $place.description', ({ place, answer }) => {
    let encoding = 'br';
    const asked: object[] = [];
    const dispatch: Dispatch = (options, handler) => {
      asked.push(options);
      answer(handler, encoding);
      return true;
    };
    globals[place] = { dispatch };
    guardFetch();
    guardFetch();
    const seen: unknown[] = [];
    const handler: Handler = {
      onHeaders: (...given) => seen.push(given),
      onResponseStart: (...given) => seen.push(given),
    };
    expect(() => globals[place]?.dispatch({ path: '/' }, handler)).toThrow(/the encoding br/);
    encoding = 'gzip';
    expect(globals[place]?.dispatch({ path: '/' }, handler)).toBe(true);
    expect(seen).toHaveLength(1);
    expect(asked[0]).toEqual({ path: '/', headersTimeout: 3_600_000, bodyTimeout: 3_600_000 });
  });

  it('does not let a program go on without it', () => {
    expect(guardFetch).toThrow(/does not know the fetch of Node/);
  });
});
