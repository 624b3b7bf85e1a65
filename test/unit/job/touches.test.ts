import type { Json } from '../../../schemas/json';
import type { Step } from '../../../schemas/plan';
import { touchesOf } from '../../../src/job/touches';
import { catalogue, planOf, step } from './support';

const touches = (steps: Step[], input?: Json) => touchesOf(planOf(steps), catalogue, { input });
const of = (uses: string, args: object, input?: Json) =>
  touches([step('a', uses, args)], input).touches.map(({ kind, target, access, outside }) =>
    [kind, target, access, ...(outside ? ['outside'] : [])].join(' '),
  );

it('knows a method that the input gives', () => {
  const request = { url: 'https://a.example/', method: '${{ input.m }}' };
  expect(of('http.request', request, { m: 'DELETE' })).toEqual(['host a.example delete outside']);
});

it.each<[string, object, string[]]>([
  ['http.request', { url: 'https://API.example.com./users?x=1' }, ['host api.example.com read outside']],
  ['api_call', { url: 'http://a.example:81/', method: 'POST' }, ['host a.example:81 write outside']],
  ['http.request', { url: 'https://a.example/${{ input.id }}', method: 'DELETE' }, ['host a.example delete outside']],
  ['http.request', { url: 'https://a.example/', method: '${{ input.m }}' }, ['host a.example write outside']],
  ['http.request', { url: 'https://a.example${{ input.rest }}' }, ['host unknown read outside']],
  ['http.request', { url: '${{ input.url }}' }, ['host unknown read outside']],
  [
    'http.request',
    { url: 'https://a.example/x', save_as: 'x.csv' },
    ['host a.example read outside', 'file x.csv write'],
  ],
  [
    'notify.webhook',
    { url: 'https://h.example/x', type: 'a.b', data: 1, secret: '12345678' },
    ['webhook h.example write outside'],
  ],
  ['sql.query', { sql: 'select * from a join b using (x)' }, ['table a read outside', 'table b read outside']],
  ['sql.query', { sql: 'select odd() from a' }, ['table unknown read outside', 'table a read outside']],
  ['sql.execute', { sql: 'drop table a', database: 'crm' }, ['table crm:a delete outside']],
  ['sql.execute', { sql: 'select 1' }, ['table unknown write outside']],
  [
    'sql.execute',
    { sql: 'delete from ${{ input.t }}' },
    ['table unknown write outside', 'table unknown delete outside'],
  ],
  ['sql.insert', { table: 'orders', path: 'a.csv' }, ['table orders write outside', 'file a.csv read']],
  ['file.write', { path: 'out/a.json', json: {} }, ['file out/a.json write']],
  ['file.write', { path: 'out/${{ input.n }}', json: {} }, ['file unknown write']],
  ['file.move', { from: 'a', to: 'b' }, ['file a delete', 'file b write']],
  ['file.delete', { pattern: '*.tmp' }, ['file *.tmp delete']],
  ['file.operation', { operation: 'write', file_path: 'a.txt', content: 'x' }, ['file a.txt write']],
  ['file.list', {}, ['file * read']],
  ['file_operation', { operation: 'write', file_path: 'a', content: '' }, ['file a write']],
  ['file_operation', { operation: '${{ input.o }}', path: 'a' }, ['file a delete']],
  ['report.summary', { title: 't', context: {} }, []],
  ['memory.set', { name: 'n', value: 1 }, ['memory n write']],
  ['memory.remember', { text: 'x' }, ['memory * write']],
  ['memory.remember', { text: 'x', space: 'shared' }, ['memory shared write outside']],
  ['transform.to_csv', { items: [] }, []],
  ['transform.to_csv', { items: [], save_as: 'a.csv' }, ['file a.csv write']],
  ['mail.send', { to: 'a', text: 'b' }, ['unknown unknown write outside']],
  ['mcp.crm.create_lead', { name: 'a' }, ['mcp crm.create_lead write outside']],
  ['crm.look', { url: 'https://elsewhere.example/' }, ['host crm.example read outside']],
  ['data.echo', { a: 1 }, []],
])('%s %j', (uses, args, expected) => expect(of(uses, args)).toEqual(expected));

it('what the input says is known', () => {
  expect(of('http.request', { url: '${{ input.base }}/users' }, { base: 'https://a.example' })).toEqual([
    'host a.example read outside',
  ]);
});

it('steps that touch the same are named together', () => {
  const get = (id: string) => step(id, 'http.request', { url: `https://a.example/${id}` });
  expect(touches([get('a'), get('b')]).touches).toMatchObject([{ target: 'a.example', steps: ['a', 'b'] }]);
});

describe('effects', () => {
  const post = (id: string, more: Partial<Step> = {}) =>
    step(id, 'http.request', { url: 'https://a.example/', method: 'POST', json: {} }, more);
  const fetch = (args: object = {}) => step('list', 'http.request', { url: 'https://a.example/', ...args });

  it('are counted, those of the workspace apart', () => {
    const written = step('w', 'file.write', { path: 'a', text: '' });
    expect(touches([fetch(), post('p'), written])).toMatchObject({
      effects: { least: 2, most: 2 },
      outside: { least: 1, most: 1 },
      risk: 'medium',
    });
    expect(touches([fetch(), written])).toMatchObject({ outside: { least: 0, most: 0 }, risk: 'low' });
  });

  it('of steps that may be skipped may be none, and rounds multiply them', () => {
    const maybe = post('m', { when: 'input.x' });
    const after = post('n', { depends_on: ['m'] });
    const until = { check: 'data.echo', with: {}, rounds: 3, otherwise: 'fail' as const };
    expect(touches([maybe, after, post('r', { until })]).outside).toEqual({ least: 1, most: 5 });
  });

  it.each<[string, Step[], object]>([
    ['of a list that is known multiply', [post('p', { for_each: '[1, 2, 3]' })], { least: 3, most: 3 }],
    [
      'of one that is bounded are bounded',
      [fetch({ paging: { by: 'link', max_items: 50 } }), post('p', { for_each: 'steps.list.output.body' })],
      { least: 0, most: 50 },
    ],
    [
      'through transformations too',
      [
        step('rows', 'sql.query', { sql: 'select 1' }),
        step('some', 'transform.filter', { items: '${{ steps.rows.output.rows }}' }),
        post('p', { for_each: '${{ steps.some.output.items }}' }),
      ],
      { least: 0, most: 1000 },
    ],
    [
      'of an unknown one are unknown',
      [fetch(), post('p', { for_each: 'steps.list.output.body' })],
      { least: 0, most: null },
    ],
  ])('%s', (_, steps, expected) => expect(touches(steps).outside).toEqual(expected));

  it('that take away, or have no bound, are of high risk', () => {
    expect(touches([step('d', 'sql.execute', { sql: 'drop table a' })]).risk).toBe('high');
    expect(touches([fetch(), post('p', { for_each: 'steps.list.output.body' })]).risk).toBe('high');
  });
});
