import { Type } from 'typebox';
import { readyAgents } from '../../../activities/agents/found';
import { builtinTools } from '../../../activities/tools/builtin';
import { dataEcho } from '../../../activities/tools/builtin/data-echo';
import { assertSchemas, createToolRegistry } from '../../../activities/tools/registry';
import { withWorstCase } from '../../../core/worst-case';
import { jsonSchema } from '../../../activities/tools/schema';
import type { ToolSpec } from '../../../schemas/tool';
import { toolOf } from './support';

const nothing = (): Promise<null> => Promise.resolve(null);
const bare: ToolSpec = { name: 'a.tool', version: '1', description: 'd', input: {}, output: {} };

describe('a specification', () => {
  it('that says nothing counts as the worst case', () => {
    expect(withWorstCase(bare)).toMatchObject({
      effect: 'once',
      risk: 'high',
      approval: true,
      retry: { attempts: 1 },
      egress: [],
      local: false,
      timeout: 60_000,
    });
  });

  it('that says more is taken at its word, but an effect of `once` is never repeated and never local', () => {
    const retry = { attempts: 4, initialMs: 1, backoff: 2, maxMs: 9 };
    expect(withWorstCase({ ...bare, effect: 'idempotent', retry, local: true, approval: false })).toMatchObject({
      effect: 'idempotent',
      retry,
      local: true,
      approval: false,
    });
    expect(withWorstCase({ ...bare, retry, local: true })).toMatchObject({ retry: { attempts: 1 }, local: false });
  });

  it.each<[string, Partial<ToolSpec>, RegExp]>([
    ['a name that is no name', { name: 'A tool' }, /needs a name/],
    ['a name that is a path', { name: '../x' }, /needs a name/],
    ['no version', { version: '' }, /needs a version/],
    ['no description', { description: ' ' }, /needs a description/],
    ['no time', { timeout: 0 }, /needs a timeout/],
    ['no attempts', { retry: { attempts: 0, initialMs: 1, backoff: 1, maxMs: 1 } }, /attempts of at least 1/],
    [
      'attempts of an effect of once',
      { effect: 'once', retry: { attempts: 2, initialMs: 1, backoff: 1, maxMs: 1 } },
      /once/,
    ],
    ['a local effect of once', { effect: 'once', local: true }, /local/],
  ])('with %s is refused at start', (_, change, message) => {
    expect(() => createToolRegistry([toolOf(nothing, change)])).toThrow(message);
  });

  it.each<[string, Partial<ToolSpec>, RegExp]>([
    ['that is none', { input: { type: 'objct' } }, /input schema that does not compile/],
    ['with a misspelt keyword', { output: { type: 'number', minimun: 1 } }, /output schema that does not.*minimun/],
  ])('with a schema %s is refused at start where it is of somebody else', (_, change, message) => {
    expect(() => assertSchemas([toolOf(nothing, change).spec])).toThrow(message);
  });

  it('has schemas that compile where it is one of AWE', () => {
    assertSchemas([...builtinTools, ...readyAgents()].map(({ spec }) => spec));
  });
});

describe('the registry', () => {
  it('finds a tool by its name, and by name and version', () => {
    const registry = createToolRegistry([toolOf(nothing, { name: 'a.b', version: '2' })]);
    expect(registry.get('a.b')?.spec.version).toBe('2');
    expect(registry.get('a.b@2')).toBe(registry.get('a.b'));
    expect(registry.get('a.b@1')).toBeUndefined();
    expect(registry.get('toString')).toBeUndefined();
  });

  it('finds it by its other names too, which no other tool may have', () => {
    const tool = toolOf(nothing, { name: 'a.b', aliases: ['old_name'] });
    const registry = createToolRegistry([tool]);
    expect(registry.get('old_name@1')).toBe(registry.get('a.b'));
    expect(registry.catalogue()).toHaveLength(1);
    expect(() => createToolRegistry([tool, toolOf(nothing, { name: 'old_name' })])).toThrow(/two tools are called/);
  });

  it('refuses two tools of one name', () => {
    expect(() => createToolRegistry([toolOf(nothing), toolOf(nothing, { version: '2' })])).toThrow(
      /two tools are called/,
    );
  });

  it('lists complete specifications in order, also of one kind alone', () => {
    const registry = createToolRegistry([
      toolOf(nothing, { name: 'b' }),
      toolOf(nothing, { name: 'a' }, { kind: 'agent' }),
      dataEcho,
    ]);
    expect(registry.catalogue().map(({ name }) => name)).toEqual(['a', 'b', 'data.echo']);
    expect(registry.catalogue('agent').map(({ name, risk }) => [name, risk])).toEqual([['a', 'high']]);
  });

  it('takes schemas made with TypeBox, and the same named schema in several tools', () => {
    const Row = Type.Object(
      { id: Type.String({ format: 'uuid' }), at: Type.Optional(Type.Union([Type.Null(), Type.Number()])) },
      { $id: 'Row' },
    );
    const specs = ['a', 'b'].map((name) =>
      toolOf(nothing, {
        name,
        input: jsonSchema(Row),
        output: jsonSchema(Type.Object({ one: Row, all: Type.Array(Row) })),
      }),
    );
    const check = createToolRegistry(specs).get('b')!.checkInput;
    expect(check({ id: '00000000-0000-4000-8000-000000000000' }, 10)).toEqual([]);
    expect(check({ id: 'x', at: 'y' }, 10).map(({ pointer }) => pointer)).toContain('/id');
  });
});
