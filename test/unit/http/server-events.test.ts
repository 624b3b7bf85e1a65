import fc from 'fast-check';
import { readEvents, StreamTooLong } from '../../../src/http/server-events';

const limits = { event: 1_000, stream: 100_000 };
async function* chunksOf(...chunks: (string | Uint8Array)[]) {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
async function read(...chunks: (string | Uint8Array)[]) {
  const events = [];
  for await (const event of readEvents(chunksOf(...chunks), limits)) events.push(event);
  return events;
}
const dataOf = async (...chunks: (string | Uint8Array)[]) => (await read(...chunks)).map(({ data }) => data);

describe('a stream of events', () => {
  it('is read with every end of line, with comments, names and data of several lines', async () => {
    const text = ': hello\r\nevent: a\r\ndata: 1\r\n\r\ndata:2\rdata: 3\r\rid: 9\nretry: 5\ndata\n\n: end\n\n';
    expect(await read(text)).toEqual([
      { event: 'a', data: '1', cut: false },
      { event: undefined, data: '2\n3', cut: false },
      { event: undefined, data: '', cut: false },
    ]);
  });

  it('gives its last event without a blank line, and says when the line itself may be cut off', async () => {
    expect(await read('data: 1\n\ndata: 2\n')).toMatchObject([{ data: '1' }, { data: '2', cut: false }]);
    expect(await read('data: 1\n\ndata: {"a')).toMatchObject([{ data: '1' }, { data: '{"a', cut: true }]);
    expect(await read('data: 1')).toMatchObject([{ data: '1', cut: true }]);
    expect(await read('')).toEqual([]);
  });

  it('is the same however it is cut into chunks', async () => {
    const text = 'event: é\r\ndata: ça €😀\r\n\r\ndata: 2\n\ndata: 3\r\r';
    const whole = await read(text);
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        expect(await read(...chunks)).toEqual(whole);
      }),
    );
  });

  it('is refused when an event or all of it is too long, before it is gathered', async () => {
    let given = 0;
    async function* endless(piece: string) {
      for (;;) {
        given += piece.length;
        yield Buffer.from(piece);
      }
    }
    const drain = async (piece: string) => {
      given = 0;
      for await (const _ of readEvents(endless(piece), limits));
    };
    await expect(drain('x')).rejects.toThrow(StreamTooLong);
    expect(given).toBe(1_001);
    await expect(drain('data: 12345\n')).rejects.toThrow(/an event of more than 1000/);
    await expect(drain('data: 1\n\n')).rejects.toThrow(/a stream of more than 100000/);
    expect(await dataOf(`data: ${'x'.repeat(990)}\n\n`)).toHaveLength(1);
  });

  it('costs no more in many chunks than in a few', async () => {
    async function* bytewise(text: string) {
      for (const byte of Buffer.from(text)) yield Uint8Array.of(byte);
    }
    const wide = { event: 1_000_000, stream: 1_000_000 };
    const events = [];
    for await (const event of readEvents(bytewise(`data: ${'x'.repeat(50_000)}\n\n`), wide)) events.push(event);
    expect(events.map(({ data }) => data.length)).toEqual([50_000]);
  });
});
