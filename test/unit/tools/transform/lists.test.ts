import type { Json } from '../../../../schemas/json';
import type { Output } from '../http/support';
import { failureOf } from '../support';
import { toolBench, type ToolBench } from './support';

let bench: ToolBench;
beforeAll(async () => {
  bench = await toolBench();
});

const people = [
  { name: 'Ann', age: '31', city: { name: 'Lyon' }, tags: ['a', 'b'], joined: '2026-01-31', 'a.b': 1 },
  { name: 'bob', age: 29, city: { name: 'Nice' }, tags: [], joined: '2026-02-01T00:00:00+01:00' },
  { name: 'Éva', age: null, city: { name: 'Paris' }, joined: '2025-12-01' },
];

describe('transform.filter', () => {
  const names = async (condition: { [name: string]: Json }, more: object = {}) => {
    const { items } = await bench.run('transform.filter', { items: people, where: [condition], ...more });
    return (items as typeof people).map(({ name }) => name[0]).join('');
  };

  it.each<[string, { [name: string]: Json }, string]>([
    ['a text that says a number', { field: 'age', op: 'gt', value: 30 }, 'A'],
    ['a number', { field: 'age', op: 'eq', value: '29' }, 'b'],
    ['null', { field: 'age', op: 'eq', value: null }, 'É'],
    ['a missing field', { field: 'tags', op: 'missing' }, 'É'],
    ['a field that is there', { field: 'age', op: 'exists' }, 'Ab'],
    ['a field that nobody has', { field: 'salary', op: 'missing' }, 'AbÉ'],
    ['a path', { field: 'city.name', op: 'in', value: ['Nice', 'Paris'] }, 'bÉ'],
    ['a place in a list', { field: 'tags.1', op: 'eq', value: 'b' }, 'A'],
    ['a name with a dot', { field: 'a.b', op: 'eq', value: 1 }, 'A'],
    ['a moment in another zone', { field: 'joined', op: 'lt', value: '2026-02-01' }, 'AbÉ'],
    ['the same moment', { field: 'joined', op: 'eq', value: '2026-01-31T23:00:00Z' }, 'b'],
    ['a value in a list', { field: 'tags', op: 'contains', value: 'a' }, 'A'],
    ['letters in a text', { field: 'city.name', op: 'not_contains', value: 'i' }, 'A'],
    ['a beginning', { field: 'name', op: 'starts_with', value: 'A' }, 'A'],
    ['an end', { field: 'city.name', op: 'ends_with', value: 'ice' }, 'b'],
    ['a pattern', { field: 'city.name', op: 'matches', value: '?a*s' }, 'É'],
    ['letters of a regular expression', { field: 'name', op: 'matches', value: '(.+)+$' }, ''],
    ['an order that does not exist', { field: 'tags', op: 'gt', value: 1 }, ''],
  ])('compares %s', async (_, condition, expected) => {
    expect(await names(condition)).toBe(expected);
  });

  it('compares texts without regard to case where that is asked for', async () => {
    expect(await names({ field: 'name', op: 'in', value: ['ANN', 'BOB'] }, { ignore_case: true })).toBe('Ab');
    expect(await names({ field: 'name', op: 'eq', value: 'BOB' })).toBe('');
  });

  it('takes items that fit any of the conditions', async () => {
    const where = [
      { field: 'name', op: 'eq', value: 'Ann' },
      { field: 'age', op: 'lt', value: 30 },
    ];
    const { count, dropped } = await bench.run('transform.filter', { items: people, where, match: 'any' });
    expect([count, dropped]).toEqual([2, 1]);
  });

  it('refuses a field that nobody has, and a condition without its value', async () => {
    expect(await failureOf(names({ field: 'nmae', op: 'eq', value: 1 }))).toMatchObject({
      type: 'transform.bad_field',
      message: expect.stringContaining('items have "name", "age"'),
    });
    expect(await failureOf(names({ field: 'name', op: 'in', value: 'Ann' }))).toMatchObject({
      type: 'transform.bad_operation',
    });
  });
});

describe('transform.group and transform.aggregate', () => {
  it('names the item and the field whose text is no number', async () => {
    const given = { items: [{ n: '1' }, { n: '1,200' }], aggregates: { sum: { op: 'sum', field: 'n' } } };
    expect(await failureOf(bench.run('transform.aggregate', given))).toMatchObject({
      type: 'transform.not_a_number',
      message: 'item 2 has "1,200" in the field "n", which is no number',
      details: [{ details: { field: 'n', item: 1 } }],
    });
  });

  it('counts what is missing, and makes no 0 of it', async () => {
    const items = [{ k: 'a', n: 1 }, { k: 'b' }, { k: 'a', n: null }, { n: 4 }];
    const aggregates = {
      ...{ sum: { op: 'sum', field: 'n' }, mean: { op: 'avg', field: 'n' }, all: { op: 'list', field: 'n' } },
      ...{ have: { op: 'count', field: 'n' }, rows: { op: 'count' } },
    };
    expect(await bench.run('transform.group', { items, by: ['k'], aggregates })).toEqual({
      items: [
        { k: 'a', sum: 1, mean: 1, all: [1], have: 1, rows: 2 },
        { k: 'b', sum: null, mean: null, all: [], have: 0, rows: 1 },
        { k: null, sum: 4, mean: 4, all: [4], have: 1, rows: 1 },
      ],
      count: 3,
      missing: { sum: 2, mean: 2, all: 2, have: 2 },
    });
  });

  it('finds extremes of numbers, dates and words, and keeps the values as they are', async () => {
    const items = [
      { n: '10', d: '2026-02-01', w: 'b' },
      { n: '9', d: '2026-01-31', w: 'A' },
    ];
    const aggregates = {
      ...{ n: { op: 'max', field: 'n' }, d: { op: 'min', field: 'd' }, w: { op: 'min', field: 'w' } },
      ...{ kinds: { op: 'count_distinct', field: 'w' }, first: { op: 'first', field: 'n' } },
    };
    const { values } = await bench.run('transform.aggregate', { items, aggregates });
    expect(values).toEqual({ n: '10', d: '2026-01-31', w: 'A', kinds: 2, first: '10' });
  });

  it('gives the members of groups, and nothing of an empty list', async () => {
    const { items } = await bench.run('transform.group', { items: [{ k: 1 }, { k: '1' }], by: ['k'], members: true });
    expect(items).toEqual([
      { k: 1, count: 1, members: [{ k: 1 }] },
      { k: '1', count: 1, members: [{ k: '1' }] },
    ]);
    expect(await bench.run('transform.group', { items: [], by: ['k'] })).toEqual({ items: [], count: 0 });
  });
});

describe('transform.join', () => {
  const left = [{ id: 1, name: 'Ann' }, { id: 2, name: 'Bob' }, { name: 'nobody' }];
  const right = [
    { id: '2', name: 'CRM', cost: 5 },
    { id: '2', name: 'ERP', cost: 7 },
    { id: '9', name: 'old', cost: 1 },
  ];
  const join = (how?: string) =>
    bench.run('transform.join', { left, right, on: [{ left: 'id', right: 'id' }], ...(how ? { how } : {}) });

  it('pairs each with each, numbers with texts that say them', async () => {
    expect(await join()).toEqual({
      items: [
        { id: 2, name: 'Bob', right_name: 'CRM', cost: 5 },
        { id: 2, name: 'Bob', right_name: 'ERP', cost: 7 },
      ],
      count: 2,
      unmatched: { left: 2, right: 1 },
    });
  });

  it('keeps those without a partner where that is asked for', async () => {
    const names = async (how: string) =>
      (await join(how)).items.map((item: Output) => `${item.name}+${item.right_name}`);
    expect(await names('left')).toEqual(['Ann+undefined', 'Bob+CRM', 'Bob+ERP', 'nobody+undefined']);
    expect(await names('right')).toEqual(['Bob+CRM', 'Bob+ERP', 'undefined+old']);
    expect((await join('outer')).items.at(-1)).toEqual({ id: '9', right_name: 'old', cost: 1 });
  });

  it('tells a join that would be too large, before it is made', async () => {
    const many = Array.from({ length: 1_100 }, () => ({ k: 1 }));
    const given = { left: many, right: many, on: [{ left: 'k', right: 'k' }] };
    expect(await failureOf(bench.run('transform.join', given))).toMatchObject({ type: 'transform.too_large' });
  });
});

describe('transform.sort, transform.distinct and transform.select', () => {
  it('puts words as a dictionary does, and missing ones last in either direction', async () => {
    const items = [{ w: 'b' }, {}, { w: 'Éa' }, { w: 'a' }, { w: 'e' }, { w: null }];
    const sorted = async (order: string) =>
      (await bench.run('transform.sort', { items, by: [{ field: 'w', order }] })).items.map((item: Output) => item.w);
    expect(await sorted('asc')).toEqual(['a', 'b', 'e', 'Éa', undefined, null]);
    expect(await sorted('desc')).toEqual(['Éa', 'e', 'b', 'a', undefined, null]);
  });

  it('drops equal items, whatever the order of their members', async () => {
    const items = [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 1 }];
    expect(await bench.run('transform.distinct', { items })).toMatchObject({ count: 2, dropped: 1 });
  });

  it('keeps, drops and renames fields, also by paths', async () => {
    const items = [{ id: 1, at: { city: 'Lyon', zip: '69000' }, secret: true }, { id: 2 }];
    const select = async (more: object) => (await bench.run('transform.select', { items, ...more })).items;
    expect(await select({ fields: ['at.city', 'id'] })).toEqual([{ 'at.city': 'Lyon', id: 1 }, { id: 2 }]);
    expect(await select({ drop: ['at.zip', 'secret'], rename: { 'at.city': 'city', id: 'no' } })).toEqual([
      { no: 1, at: { city: 'Lyon' }, city: 'Lyon' },
      { no: 2 },
    ]);
  });
});

it('a name that every object has by birth is no field', async () => {
  const where = [{ field: 'constructor.name', op: 'eq', value: 'Object' }];
  expect(await failureOf(bench.run('transform.filter', { items: [{ a: 1 }], where }))).toMatchObject({
    type: 'transform.bad_field',
  });
  const aggregates = { ['__proto__']: { op: 'count' } };
  const { items } = await bench.run('transform.group', { items: [{ a: 1 }], by: ['a'], aggregates });
  expect(Object.keys(items[0])).toEqual(['a', '__proto__']);
});
