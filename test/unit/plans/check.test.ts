import fc from 'fast-check';
import { builtinTools } from '../../../activities/tools/builtin';
import { createToolRegistry } from '../../../activities/tools/registry';
import { createCatalogue } from '../../../core/plan/catalogue';
import { withWorstCase } from '../../../core/worst-case';
import type { Json } from '../../../schemas/json';
import { checkTypedPlan } from '../../../src/plans/check';

const typed = withWorstCase({
  name: 'table.sort',
  version: '1',
  description: 'Sorts',
  input: {
    type: 'object',
    properties: {
      items: { type: 'array', items: { type: 'object' } },
      by: { anyOf: [{ type: 'string' }, { type: 'array', items: { enum: ['name', 'city'] } }] },
      limit: { type: 'integer', minimum: 1, description: 'rows at most' },
    },
    required: ['items'],
    additionalProperties: false,
  },
  output: {
    type: 'object',
    properties: {
      items: { type: 'array', items: { $ref: '#/$defs/row' } },
      count: { type: 'integer' },
      file: { anyOf: [{ type: 'null' }, { type: 'object', properties: { path: { type: 'string' } } }] },
    },
    required: ['items', 'count'],
    $defs: { row: { type: 'object', properties: { name: { type: 'string' } } } },
  },
});
const catalogue = createCatalogue([...createToolRegistry(builtinTools).catalogue('tool'), typed]);

const sort = (id: string, args: object, more: object = {}) => ({
  id,
  kind: 'tool',
  uses: 'table.sort',
  with: args,
  ...more,
});
const rows = sort('rows', { items: [] });

const faultsOf = (steps: object[], more: { result?: object; input?: Json } = {}) => {
  const { input, ...plan } = more;
  const checked = checkTypedPlan({ name: 'test', steps, ...plan }, catalogue, { input });
  return 'faults' in checked ? checked.faults.map(({ code, pointer }) => `${code} ${pointer}`) : [];
};
const wordsOf = (steps: object[]) => {
  const checked = checkTypedPlan({ name: 'test', steps }, catalogue);
  return 'faults' in checked ? checked.faults.map(({ message, hint }) => `${message} | ${hint}`) : [];
};

describe('arguments', () => {
  it('that fit are no fault, literal, in expressions or mixed', () => {
    const fetched = { id: 'get', kind: 'tool', uses: 'api_call', with: { url: 'https://a.example/${{ input.id }}' } };
    const more = sort('more', {
      items: '${{ steps.get.output.body }}',
      by: ['name'],
      limit: '${{ steps.rows.output.count + 1 }}',
    });
    const each = sort('each', {
      items: ['${{ steps.rows.output.items[0] }}', { a: '${{ input.a }}' }],
      by: '${{ input.by }}',
    });
    expect(faultsOf([rows, fetched, more, each], { result: { n: '${{ size(steps.more.output.items) }}' } })).toEqual(
      [],
    );
  });

  it('are held against the schema of the tool, all at once', () => {
    expect(
      faultsOf([
        sort('a', { limit: 0, lmit: 1 }),
        { id: 'b', kind: 'tool', uses: 'http.request', with: { url: 5, method: 'FETCH' } },
        { id: 'c', kind: 'tool', uses: 'http.request' },
      ]).sort(),
    ).toEqual([
      'plan.argument /steps/0/with/items',
      'plan.argument /steps/0/with/limit',
      'plan.argument /steps/0/with/lmit',
      'plan.argument /steps/1/with/method',
      'plan.argument /steps/1/with/url',
      'plan.argument /steps/2/with/url',
    ]);
  });

  it('say what is taken', () => {
    expect(wordsOf([sort('a', { items: [], lmit: 1 })])).toEqual([
      'lmit is not a known name here | did you mean limit?',
    ]);
    expect(wordsOf([sort('a', { items: [], limit: 'x' })])).toEqual([
      'limit must be an integer | it takes a number: rows at most',
    ]);
  });

  it('of which a part is unknown are faults only where no value would do', () => {
    expect(faultsOf([sort('a', { items: [], by: ['${{ input.x }}', 'town'] })])).toEqual([
      'plan.argument /steps/0/with/by/1',
    ]);
    expect(faultsOf([sort('a', { items: [], by: ['${{ input.x }}'] })])).toEqual([]);
    expect(faultsOf([sort('a', { items: 'rows of ${{ input.x }}' })])).toEqual(['plan.argument /steps/0/with/items']);
  });
});

describe('values that are not known yet', () => {
  const whole = {
    url: 'https://a.example/',
    method: 'POST',
    query: { a: ['x', 1], b: true },
    headers: { accept: 'text/plain' },
    multipart: {
      fields: { n: '1' },
      files: [{ name: 'f', artifact: { artifact_id: 'a'.repeat(64), path: 'p', media_type: 't', bytes: 1 } }],
    },
    expect: [200, '4xx'],
    timeout: '5s',
    response: 'json',
    max_bytes: 5,
    idempotent: true,
    paging: { by: 'page', max_items: 3 },
  };

  it('never make a fault of what would fit', () => {
    const paths = pathsOf(whole);
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...paths), { maxLength: 6 }), (holes) => {
        const given = holes.reduce<Json>((value, path) => withHole(value, path), whole);
        expect(faultsOf([{ id: 'a', kind: 'tool', uses: 'http.request', with: given as object }])).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  type Path = (string | number)[];
  const pathsOf = (value: Json, path: Path = []): Path[] =>
    typeof value !== 'object' || value === null
      ? [path]
      : [
          ...(path.length > 0 ? [path] : []),
          ...Object.entries(value).flatMap(([key, inner]) =>
            pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
          ),
        ];
  const withHole = (value: Json, [key, ...rest]: Path): Json => {
    if (key === undefined) return '${{ input.x }}';
    if (typeof value !== 'object' || value === null) return value;
    const copy = (Array.isArray(value) ? [...value] : { ...value }) as { [name: string]: Json };
    copy[key] = withHole(copy[key] ?? null, rest);
    return copy;
  };
});

describe('expressions', () => {
  it('read fields that the output schema names', () => {
    expect(wordsOf([rows, sort('a', { items: '${{ steps.rows.output.rows }}' })])).toEqual(
      ['`steps.rows.output` has no "rows"; there are items, count, file | read one of the fields that there are'].map(
        (words) => words.replace('did you mean `steps.rows.output.items`?', 'read one of the fields that there are'),
      ),
    );
    expect(faultsOf([rows, sort('a', { items: [], limit: '${{ steps.rows.output.items[0].nam }}' })])).toEqual([
      'plan.unknown_field /steps/1/with/limit',
    ]);
    expect(
      faultsOf([rows], { result: { x: 'in ${{ steps.rows.outputs }}', y: '${{ steps.rows.output.file.path }}' } }),
    ).toEqual(['plan.unknown_field /result/x']);
  });

  it('do not read fields of lists and texts', () => {
    expect(wordsOf([rows, sort('a', { items: '${{ steps.rows.output.items.name }}' })])).toEqual([
      '`steps.rows.output.items` is a list, so "name" cannot be read from it | take an element, `steps.rows.output.items[0].name`, or each, `steps.rows.output.items.map(x, x.name)`',
    ]);
  });

  it('give values that the argument can take', () => {
    expect(wordsOf([rows, sort('a', { items: '${{ steps.rows.output }}' })])).toEqual([
      '`steps.rows.output` does not fit: it is an object, and a list is wanted | it takes a list',
    ]);
    expect(faultsOf([rows, sort('a', { items: '${{ steps.rows.output.items.map(x, x.name) }}' })])).toEqual([
      'plan.type /steps/1/with/items',
    ]);
    expect(faultsOf([rows, sort('a', { items: '${{ steps.rows.output.items.filter(x, x.name == "a") }}' })])).toEqual(
      [],
    );
    expect(faultsOf([rows, sort('a', { items: [], by: ['${{ true ? "street" : "town" }}'] })])).toEqual([
      'plan.type /steps/1/with/by/0',
    ]);
  });

  it('may ask for what may be missing', () => {
    const guarded =
      '${{ default(steps.rows.output.items[0].nick, "x") + steps.rows.output.items[0].?nick.orValue("") }}';
    expect(faultsOf([rows, sort('a', { items: [], by: guarded })])).toEqual([]);
  });

  it('of conditions are true or false, and those of the input are held against it where it is known', () => {
    expect(faultsOf([rows, sort('a', { items: [] }, { when: 'steps.rows.output.count' })])).toEqual([
      'plan.type /steps/1/when',
    ]);
    expect(faultsOf([rows, sort('a', { items: [] }, { when: 'steps.rows.output.count > 1' })])).toEqual([]);
    const asked = sort('a', { items: '${{ input.list }}', limit: '${{ input.lmit }}' });
    expect(faultsOf([asked], { input: { list: [{}], limit: 3 } })).toEqual(['plan.unknown_field /steps/0/with/limit']);
  });
});

describe('a step for each element', () => {
  const each = (more: object) =>
    sort('each', { items: ['${{ item }}'] }, { for_each: '${{ steps.rows.output.items }}', ...more });

  it('knows the element and its place, and gives a list of outputs', () => {
    const by = { items: ['${{ item }}'], by: '${{ item.name }}', limit: '${{ index + 1 }}' };
    const result = { all: '${{ steps.each.output.items.map(x, x.count) }}' };
    expect(faultsOf([rows, each({ with: by })], { result }).filter((one) => !one.startsWith('expression.'))).toEqual(
      [],
    );
    expect(faultsOf([rows, each({ with: { items: [], by: '${{ item.nam }}' } })])).toContain(
      'plan.unknown_field /steps/1/with/by',
    );
    expect(faultsOf([rows, each({})], { result: { n: '${{ steps.each.output.items.count }}' } })).toContain(
      'plan.unknown_field /result/n',
    );
  });

  it('goes through a list', () => {
    expect(faultsOf([rows, each({ for_each: '${{ steps.rows.output.count }}' })])).toContain(
      'plan.type /steps/1/for_each',
    );
  });
});

describe('plans', () => {
  it('may use other names of uses and with', () => {
    expect(faultsOf([{ id: 'a', kind: 'tool', action_type: 'table.sort', action_config: { items: 1 } }])).toEqual([
      'plan.argument /steps/0/with/items',
    ]);
  });

  it('use tools of the closed list; near names are a hint', () => {
    const wrong = (uses: string) => wordsOf([{ id: 'a', kind: 'tool', uses }])[0];
    expect(wrong('http.requst')).toBe('there is no tool named "http.requst" | near it: http.request');
    expect(wrong('table.filter')).toBe(
      'there is no tool named "table.filter" | near it: report.table, table.sort, transform.filter',
    );
    expect(wrong('reconcile')).toBe('there is no tool named "reconcile" | no tool is like it');
  });

  it('name all faults at once, of every kind, and of the sound steps of a plan that is broken elsewhere', () => {
    const bad = sort('a', { items: '${{ steps.gone.output.items }}', by: '${{ secrets.KEY }}' });
    const unknown = { id: 'b', kind: 'tool', uses: 'none.such', depends_on: ['b'] };
    expect(faultsOf([bad, unknown])).toEqual([
      'expression.unknown_name /steps/0/with/by',
      'plan.unknown_tool /steps/1/uses',
      'plan.unknown_step /steps/0',
      'plan.cycle /steps/1',
    ]);
    expect(faultsOf([{ id: 'x y' }, sort('a', { items: 1 })])).toEqual(
      expect.arrayContaining(['plan.schema /steps/0/id', 'plan.argument /steps/1/with/items']),
    );
  });

  it('name steps that there are; near names are a hint', () => {
    expect(wordsOf([rows, sort('a', { items: '${{ steps.row.output.items }}' })])).toEqual([
      'there is no step "row" to depend on | did you mean rows?',
    ]);
  });

  it('wait for times that can be read', () => {
    const wait = (args: object) => faultsOf([{ id: 'w', kind: 'wait', with: args }]);
    expect(wait({ for: '2 hours' })).toEqual(['plan.argument /steps/0/with/for']);
    expect([wait({ for: '2h' }), wait({ for: '${{ input.pause }}' })]).toEqual([[], []]);
  });

  it('use checks that answer with a verdict', () => {
    const until = { check: 'table.sort', with: { items: [] }, rounds: 2, otherwise: 'fail' };
    expect(faultsOf([{ ...rows, until }])).toEqual(['plan.no_check /steps/0/until/check']);
  });

  it('and their arguments have limits of size', () => {
    expect(faultsOf([sort('a', { items: [], by: 'x'.repeat(300_000) })])).toEqual(['plan.too_large /steps/0/with']);
    expect(faultsOf(Array.from({ length: 20 }, (_, i) => sort(`s${i}`, { by: 'x'.repeat(250_000) })))).toEqual([
      'plan.too_large ',
    ]);
  });
});
