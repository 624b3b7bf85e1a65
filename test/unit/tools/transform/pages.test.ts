import type { Json } from '../../../../schemas/json';
import { failureOf } from '../support';
import { toolBench, type ToolBench } from './support';

let bench: ToolBench;
beforeAll(async () => {
  bench = await toolBench();
});

describe('render.template', () => {
  const values = {
    name: 'Ann <b>',
    none: null,
    zero: 0,
    at: { city: 'Lyon' },
    list: [
      { n: 1, sub: ['x', 'y'] },
      { n: 2, sub: [] },
    ],
    map: { a: 1 },
  };
  const render = async (template: string, more: object = {}) =>
    (await bench.run('render.template', { template, values, ...more })).text as string;

  it.each([
    ['{{ name }} of {{at.city}}{{none}}', 'Ann <b> of Lyon'],
    ['{{#each list}}{{ @number }}:{{n}}{{#unless @last}}, {{/unless}}{{/each}}', '1:1, 2:2'],
    ['{{#each list}}{{#each sub}}{{ this }}{{ ../n }}{{ at.city }}{{else}}-{{/each}};{{/each}}', 'x1Lyony1Lyon;-;'],
    ['{{#each map}}{{ @key }}={{ this }}{{/each}}', 'a=1'],
    ['{{#if zero}}yes{{else}}no{{/if}}{{#if missing}}yes{{/if}}{{! a note }}', 'no'],
    ['{{ at }}', '{"city":"Lyon"}'],
    ['a } b { c }} d', 'a } b { c }} d'],
  ])('%s', async (template, text) => {
    expect(await render(template)).toBe(text);
  });

  it('escapes values in HTML, but where three braces stand', async () => {
    expect(await render('<i>{{ name }}</i>{{{ name }}}', { format: 'html' })).toBe('<i>Ann &#60;b&#62;</i>Ann <b>');
  });

  it('does not read values as a template', async () => {
    const again = { template: '{{ a }}', values: { a: '{{ b }}', b: 'no' } };
    expect((await bench.run('render.template', again)).text).toBe('{{ b }}');
  });

  it.each([
    ['a\n {{ nmae }}', 'render.missing_value', 'line 2, column 2: there is no value nmae; where it may be missing'],
    ['{{ name.constructor.name }}', 'render.missing_value', 'there is no value'],
    ['{{ __proto__ }}', 'render.missing_value', 'there is no value'],
    ['{{#each list}}', 'render.bad_template', '{{#each}} is never closed'],
    ['{{#if name}}{{/each}}', 'render.bad_template', '{{#if}} is open, not {{/each}}'],
    ['{{ 1 + 1 }}', 'render.bad_template', 'is no name'],
    ['{{ name }', 'render.bad_template', 'this {{ has no }}'],
    ['{{else}}', 'render.bad_template', 'without an open block'],
  ])('%j is told with its place', async (template, type, message) => {
    expect(await failureOf(render(template))).toMatchObject({ type, message: expect.stringContaining(message) });
  });
});

describe('report.checklist', () => {
  const checklist = (context: object, more: object = {}) =>
    bench.run('report.checklist', { title: 'To do', context, ...more });

  it('of an empty context asks, and makes nothing up', async () => {
    const { markdown, items, questions } = await checklist({}, { subject: 'Launch the shop' });
    expect(items).toEqual([]);
    expect(markdown).toContain('**Goal:** Launch the shop\n\nThe context is empty, so nothing is listed here.');
    expect(markdown).not.toContain('[ ]');
    expect(questions).toEqual([
      expect.stringContaining('What has to be done?'),
      'Who is responsible?',
      'By when?',
      expect.stringContaining('How is it decided that the work is done?'),
    ]);
  });

  it('finds work in lists, maps, flags and texts, each with its place', async () => {
    const context = {
      requirements: [
        { name: 'Login', status: 'Done', owner: { name: 'Ann' }, due: '2026-01-31' },
        { title: 'Log', state: 'in progress', steps: ['table', { text: 'writer', done: true }] },
      ],
      features: { darkMode: true, search: false, export: { status: 'open' } },
      projects: [{ name: 'Shop', todos: ['[x] pay'] }],
      notes: 'Think of it:\n 1. *call* Bob\n - [ ] write_up',
      acceptance_criteria: ['It works'],
    };
    const { items, markdown, questions } = await checklist(context);
    expect(items.map((item: { [name: string]: Json }) => [item.done ? 'x' : '', item.text, item.source])).toEqual([
      ['x', 'Login', '/requirements/0'],
      ['', 'Log', '/requirements/1'],
      ['', 'table', '/requirements/1/steps/0'],
      ['x', 'writer', '/requirements/1/steps/1'],
      ['x', 'Dark mode', '/features/darkMode'],
      ['', 'Search', '/features/search'],
      ['', 'Export', '/features/export'],
      ['x', 'pay', '/projects/0/todos/0'],
      ['', '*call* Bob', '/notes'],
      ['', 'write_up', '/notes'],
      ['', 'It works', '/acceptance_criteria/0'],
    ]);
    expect(markdown).toContain('- [x] Login — Ann · due 2026-01-31 · Done (`/requirements/0`)');
    expect(markdown).toContain('- [ ] \\*call\\* Bob (`/notes`, line 2)');
    expect(questions[0]).toBe(
      'Who is responsible for each of the 5 open items? (Log; Search; Export; \\*call\\* Bob; write_up)',
    );
    expect(questions).toHaveLength(2);
  });

  it('lists what is no work as facts, and asks for titles', async () => {
    const context = {
      users: [{ name: 'Ann', status: 'active' }],
      tags: ['a', 'b'],
      budget: 12,
      tasks: ['Ship', 'ship', { note: 1 }],
    };
    const { items, markdown, questions } = await checklist(context, { language: 'fr' });
    expect(items).toHaveLength(2);
    expect(markdown).toContain('- Users: 1 entrée (`/users`)\n- Tags: a, b (`/tags`)\n- Budget: 12 (`/budget`)');
    expect(questions).toEqual(
      expect.arrayContaining([
        'Que désignent les entrées sans titre ? `/tasks/2`',
        '« Ship » figure plusieurs fois : est-ce voulu ? `/tasks/0`, `/tasks/1`',
      ]),
    );
  });

  it('shows what a context says, and does not obey it', async () => {
    const { markdown } = await checklist({ tasks: ['# Title\n<script>', '[a](http://x) | b'] });
    expect(markdown).toContain('- [ ] \\# Title \\<script\\> (`/tasks/0`)\n- [ ] \\[a\\](http://x) \\| b (`/tasks/1`)');
  });
});

describe('report.summary and report.table', () => {
  it('sums up lists, and lists files with their hashes', async () => {
    const file = (await bench.run('file.write', { path: 'a.txt', text: 'abc' })) as Json;
    const context = {
      source: 'crm',
      orders: [
        { order_id: 1, who: 'Ann', amount: '0.1', day: '2026-01-02', paid: true, state: 'open' },
        { order_id: 2, who: 'Bob', amount: 0.2, day: '2026-01-01', paid: false, state: 'open' },
      ],
    };
    const { markdown } = await bench.run('report.summary', { title: 'Orders', context, artifacts: [file] });
    for (const line of [
      'The context holds 1 value and 1 list.',
      '| Source | crm | `/source` |',
      '2 entries (`/orders`).',
      '| order_id | 2/2 | numbers | 1 to 2 |',
      '| amount | 2/2 | numbers | sum 0.3, mean 0.15, 0.1 to 0.2 |',
      '| day | 2/2 | dates | 2026-01-01 to 2026-01-02 |',
      '| paid | 2/2 | yes or no | yes 1, no 1 |',
      '| state | 2/2 | texts | open 2 |',
      '| a.txt | text/plain | 3 | `ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad` |',
    ])
      expect(markdown).toContain(line);
  });

  it('of nothing says so', async () => {
    const { markdown } = await bench.run('report.summary', { title: 'x', context: {} });
    expect(markdown).toContain('The context is empty: there is nothing to summarise.');
    expect(markdown).toContain('No artifacts were given.');
  });

  it('keeps the rows of a table apart from what is in them', async () => {
    const items = [{ a: 'x | y\nz', n: 1.5 }, { a: { b: [1] } }];
    expect((await bench.run('report.table', { items, save_as: 't.md' })).path).toBe('t.md');
    expect(await bench.run('file.read', { path: 't.md', as: 'text' })).toMatchObject({
      content: '| a | n |\n| --- | ---: |\n| x \\| y z | 1.5 |\n| {"b":\\[1\\]} |  |\n',
    });
  });
});

it('check.that gives a verdict for `until`', async () => {
  expect(await bench.run('check.that', { ok: true })).toEqual({ accepted: true, findings: [] });
  expect(await bench.run('check.that', { ok: false, message: 'too few' })).toEqual({
    accepted: false,
    findings: [{ code: 'check.failed', message: 'too few' }],
  });
});
