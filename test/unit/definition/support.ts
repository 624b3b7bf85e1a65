import { builtinTools } from '../../../activities/tools/builtin';
import { createToolRegistry } from '../../../activities/tools/registry';
import { createCatalogue } from '../../../core/plan/catalogue';
import { withWorstCase } from '../../../core/worst-case';
import type { DefinitionStep, WorkflowDefinition } from '../../../schemas/definition/definition';
import { checkDefinition } from '../../../src/definition/check';

const output = { type: 'object', properties: { score: { type: 'number' } }, required: ['score'] };

const sales = withWorstCase({
  name: 'sales',
  version: '1',
  description: 'Scores leads',
  input: { type: 'object', properties: { task: { enum: ['qualify_lead'] }, parameters: {}, input: {} } },
  output,
  tasks: [{ name: 'qualify_lead', description: 'Scores a lead', given: {}, output, example: { task: 'qualify_lead' } }],
});

export const catalogue = createCatalogue(createToolRegistry(builtinTools).catalogue('tool'), [sales]);

/** A step that gives back its parameters. */
export const note = (step_id: string, more: Partial<DefinitionStep> = {}): DefinitionStep => ({
  ...{ step_id, step_type: 'tool', tool: 'data.echo', parameters: { from: step_id } },
  ...more,
});

export const definitionOf = (...steps: DefinitionStep[]): WorkflowDefinition => ({ name: 'test', steps });

/** The plan of a definition without faults. */
export function planOf(definition: unknown) {
  const checked = checkDefinition(definition, catalogue);
  if ('faults' in checked) throw new Error(JSON.stringify(checked.faults, null, 1));
  return checked.plan;
}

/** Its faults, a line each: place, words, hint. */
export function faultsOf(definition: unknown): string[] {
  const checked = checkDefinition(definition, catalogue);
  const faults = 'faults' in checked ? checked.faults : [];
  return faults.map(({ pointer, message, hint }) => `${pointer}: ${message}${hint === undefined ? '' : ` | ${hint}`}`);
}
