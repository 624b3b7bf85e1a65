import { failureOf } from '../support';
import { openApart, toolBench, type ToolBench } from './support';

const { apart, close } = openApart();
let bench: ToolBench;
beforeAll(async () => {
  bench = await toolBench({ apart });
});
afterAll(close);

/** A list of well over the bytes from which a thread takes it. */
const many = Array.from({ length: 40_000 }, (_, id) => ({ id, team: `team ${id % 7}`, hours: String(id % 10) }));

describe('an expression', () => {
  const evaluate = (expression: string, input: object = {}, more: object = {}) =>
    bench.run('transform.jsonata', { input: { ...input }, expression, ...more });

  it('reads, sums and maps', async () => {
    const input = {
      lines: [
        { price: 2, n: 3 },
        { price: 1.5, n: 2 },
      ],
    };
    expect(await evaluate('$sum(lines.(price * n))', input)).toEqual({ value: 9 });
    expect(await evaluate('lines[price > 1.7].{"n": n}', input)).toEqual({ value: { n: 3 } });
    expect(await evaluate('nothing.here')).toEqual({ value: null });
    expect(await evaluate('$base64encode("Hëllo") & $base64decode("SGk=")')).toEqual({ value: 'SOtsbG8=Hi' });
  });

  it('tells where it is wrong', async () => {
    expect(await failureOf(evaluate('lines.['))).toMatchObject({
      type: 'transform.bad_expression',
      message: expect.stringMatching(/at letter 7, near "lines\.\[": .*\(S0/),
      details: [{ details: { position: 7 } }],
      nonRetryable: true,
    });
    expect(await failureOf(evaluate('$number("x")'))).toMatchObject({ type: 'transform.bad_expression' });
  });

  it.each([
    ['a loop without end', '($f := function($n) { $f($n + 1) }; $f(0))'],
    ['a pattern that goes back for ever', '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /(a+)+$/)'],
  ])('%s is cut off', async (_, expression) => {
    expect(await failureOf(evaluate(expression, {}, { timeout: '300ms' }))).toMatchObject({
      type: 'transform.timeout',
      message: expect.stringContaining('300 ms'),
      nonRetryable: true,
    });
  });

  it('that fills the memory ends with its own process', async () => {
    const doubled = '($f := function($s, $n) { $n = 0 ? $s : $f($append($s, $s), $n - 1) }; $count($f([1..1000], 40)))';
    expect(await failureOf(evaluate(doubled, {}, { timeout: '60s' }))).toMatchObject({ type: 'transform.too_large' });
    expect(await evaluate('1 + 1')).toEqual({ value: 2 });
  });

  it('reaches nothing but its input, and leaves nothing behind', async () => {
    expect(await evaluate('[$.constructor, $.__proto__, "".constructor, $string($sum)]')).toEqual({ value: [''] });
    await evaluate('$merge([{ "__proto__": { "left": 1 } }, { "constructor": 2 }])');
    expect(await evaluate('left')).toEqual({ value: null });
  });
});

describe('a large list', () => {
  it('is computed in a thread, with the same result', async () => {
    const template = {
      items: '${{ input.items }}',
      by: ['team'],
      aggregates: { hours: { op: 'sum', field: 'hours' } },
    };
    const inThread = await bench.runStored('transform.group', template, { items: many });
    expect(inThread).toEqual(await bench.run('transform.group', { ...template, items: many }));
    expect(inThread.count).toBe(7);
  });

  it('gets its computed fields in a thread, and the output is kept there', async () => {
    const template = { items: '${{ input.items }}', set: { double: 'id * 2' }, fields: ['id'] };
    const { items } = await bench.runStored('transform.select', template, { items: many });
    expect(items[39_999]).toEqual({ id: 39_999, double: 79_998 });
  });

  it('tells its errors as a small one does', async () => {
    const template = { items: '${{ input.items }}', by: [{ field: 'tema' }] };
    expect(await failureOf(bench.runStored('transform.sort', template, { items: many }))).toMatchObject({
      type: 'transform.bad_field',
      message: 'no item has the field "tema"; items have "hours", "id", "team"',
      nonRetryable: true,
    });
    expect(
      await failureOf(bench.runStored('transform.sort', { items: '${{ input.items }}' }, { items: many })),
    ).toMatchObject({ type: 'tool.input_invalid' });
  });

  it('reads the file that it names, beside large arguments', async () => {
    await bench.workspace.write('in/teams.csv', Buffer.from('team\nred\nblue\n'));
    const template = { path: '${{ input.path }}' };
    const input = { path: 'in/teams.csv', items: many };
    expect(await bench.runStored('transform.from_csv', template, input)).toMatchObject({
      items: [{ team: 'red' }, { team: 'blue' }],
      count: 2,
    });
    expect(await failureOf(bench.runStored('transform.from_csv', {}, input))).toMatchObject({
      type: 'transform.bad_operation',
    });
  });

  it('goes through a workbook and back', async () => {
    const template = { items: '${{ input.items }}', save_as: 'out/hours.xlsx' };
    const written = await bench.runStored('transform.to_xlsx', template, { items: many });
    expect(written).toMatchObject({ path: 'out/hours.xlsx', count: 40_000, file: { path: expect.any(String) } });
    const read = await bench.run('transform.from_xlsx', { path: 'out/hours.xlsx' });
    expect(read.columns).toEqual(['hours', 'id', 'team']);
    expect(read.items[12]).toEqual({ hours: '2', id: 12, team: 'team 5' });
    expect(read.count).toBe(40_000);
  });
});
