import { readFileSync } from 'node:fs';
import { readyAgents } from '../../../activities/agents/found';
import { builtinTools } from '../../../activities/tools/builtin';
import { createToolRegistry } from '../../../activities/tools/registry';
import { listExamples } from '../../../cli/definition/examples';
import { createCatalogue } from '../../../core/plan/catalogue';
import type { Json } from '../../../schemas/json';
import { checkDefinition } from '../../../src/definition/check';
import { foreignFaults } from '../../../src/contracts/foreign-schema';
import { readYaml } from '../../../src/definition/yaml';

const registry = createToolRegistry([...builtinTools, ...readyAgents()]);
const catalogue = createCatalogue(registry.catalogue('tool'), registry.catalogue('agent'));

it('the definitions that come with AWE can run, with the input beside them', async () => {
  const examples = await listExamples();
  expect(examples.map(({ name }) => name)).toEqual([
    'incident-triage',
    'invoice-approval',
    'lead-processing',
    'weekly-report',
  ]);
  for (const { name, description, definition, input } of examples) {
    expect(description).not.toBe('');
    const { value, locate } = readYaml(readFileSync(definition, 'utf8'));
    const checked = checkDefinition(value, catalogue);
    if ('faults' in checked) throw new Error(`${name}: ${JSON.stringify(locate(checked.faults))}`);
    expect(checked.id).toBe(name);
    expect(foreignFaults(checked.content.input_schema, JSON.parse(readFileSync(input, 'utf8')) as Json)).toEqual([]);
  }
});
