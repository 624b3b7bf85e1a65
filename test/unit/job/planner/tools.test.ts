/** Tools that a goal calls by their names, such as those of MCP servers. */
import { builtinTools } from '../../../../activities/tools/builtin';
import { specsOf } from '../../../../activities/tools/registry';
import { withWorstCase } from '../../../../core/worst-case';
import type { Json } from '../../../../schemas/json';
import type { JsonSchema } from '../../../../schemas/tool';
import { planByRules } from '../../../../src/job/planner';

const tool = (name: string, properties: { [name: string]: JsonSchema }, required: string[]) =>
  withWorstCase({
    ...{ name, version: '1', description: 'a tool', effect: 'once', risk: 'low', approval: false, output: {} },
    input: { type: 'object', properties, required, additionalProperties: false },
  });
const text: JsonSchema = { type: 'string' };
const tools = [
  ...specsOf(builtinTools),
  tool('mcp.files.read', { path: text, head: { type: 'number' } }, ['path']),
  tool('mcp.files.write', { path: text, content: text }, ['path', 'content']),
  tool('mcp.bria.edit', { image: text, on: text }, ['image']),
];
const planned = (goal: string, context: Json = {}) => planByRules({ goal, context, tools });
const callIn = (goal: string, context?: Json) => {
  const result = planned(goal, context);
  if ('refused' in result) return result.refused.map(({ message }) => message);
  return result.plan.steps.find(({ uses }) => uses?.startsWith('mcp.'));
};

it.each<[goal: string, args: object]>([
  ['Call mcp.files.read with path "notes.txt" and head 5', { path: 'notes.txt', head: 5 }],
  ['Use the tool mcp.bria.edit on https://a.example/x.png', { image: 'https://a.example/x.png' }],
  ['utilise l’outil mcp.bria.edit avec image https://a.example/x.png', { image: 'https://a.example/x.png' }],
  ['run mcp.files.read with {"path": "${{ input }}"}', { path: '${{ "${{" }} input }}' }],
  ['call mcp.bria.edit with image: 7, on = "top"', { image: '7', on: 'top' }],
  ['call mcp.bria.edit with the asset_id in the context', { image: '${{ input.asset_id }}' }],
  [
    'Fetch https://a.example/x and call mcp.files.write with path "x.json" and content set to the result',
    { path: 'x.json', content: '${{ steps.fetch_x.output.body }}' },
  ],
])('%s', (goal, args) => {
  expect(callIn(goal, { asset_id: 'A-1' })).toMatchObject({ with: args });
});

it('what a tool gives goes on like any other thing', () => {
  const result = planned('call mcp.files.read with path "a.txt" and save the result to out.json');
  expect('plan' in result && result.plan.steps.map(({ uses, with: args }) => [uses, args?.['json']])).toEqual([
    ['mcp.files.read', undefined],
    ['file.write', '${{ steps.read.output }}'],
  ]);
});

it('what a tool gives is the result of the job, where it goes nowhere else', () => {
  const result = planned('call mcp.files.read with path "a.txt"');
  expect('plan' in result && result.plan.result).toEqual({ read: '${{ steps.read.output }}' });
});

it('a tool that nobody has, an argument that it lacks, and one that it needs, are refused', () => {
  expect(callIn('call mcp.files.raed with path "a"')).toEqual([expect.stringContaining('no tool mcp.files.raed')]);
  expect(callIn('call mcp.bria.edit with path "a"')).toEqual([expect.stringContaining('no argument "path"')]);
  expect(callIn('call mcp.files.write with path "a"')).toEqual([expect.stringContaining('needs content')]);
  expect(callIn('call mcp.files.write with "a"')).toEqual([expect.stringContaining('for which argument')]);
});
