/** Workflow definitions at the command line: a file in git becomes what the server has. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningApi } from '../../../api/server';
import { registerExecutions } from '../../../cli/commands/executions';
import { registerWorkflows } from '../../../cli/commands/workflows';
import { runCli } from '../../support/cli';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';

let stack: Stack;
let api: RunningApi;
beforeAll(async () => {
  ({ stack, api } = await startServed());
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const awe = (...words: string[]) => runCli(stack.config, [registerWorkflows, registerExecutions], words);

/** The definition of the documentation's tour. */
const page = readFileSync(join(__dirname, '../../../docs/workflows.md'), 'utf8');
const [, tour = ''] = /<<'YAML'\n([\s\S]*?)\nYAML\n/.exec(page) ?? [];

it('goes through the tour of the documentation', async () => {
  const file = join(stack.config.store.dir, 'lead.yaml');
  const input = join(stack.config.store.dir, 'input.json');
  writeFileSync(file, tour);
  writeFileSync(input, JSON.stringify({ lead: { name: 'ACME', budget: 25_000 } }));
  expect(await awe('workflows', 'validate', file)).toEqual({ said: `${file} can run: 3 steps`, code: 0 });
  expect((await awe('workflows', 'plan', file)).said).toMatch(/^lead-processing is not there yet\n/);
  expect((await awe('workflows', 'apply', file)).said).toBe('lead-processing is at version 1');
  expect((await awe('workflows', 'apply', file)).said).toBe('lead-processing is as the file says');
  const executed = await awe('workflows', 'execute', 'lead-processing', '--input', input);
  expect(executed).toMatchObject({ code: 0, said: expect.stringContaining('{"how":"Call ACME today"}') });

  writeFileSync(file, tour.replace('today', 'tomorrow'));
  expect((await awe('workflows', 'plan', file)).said.split('\n')).toEqual([
    'lead-processing, version 1',
    '/steps/call/parameters/how',
    '  - "Call ${{ input.lead.name }} today"',
    '  + "Call ${{ input.lead.name }} tomorrow"',
  ]);
  expect((await awe('workflows', 'apply', file)).said).toBe('lead-processing is at version 2');
  expect((await awe('workflows', 'diff', 'lead-processing', '--from', '1')).said).toContain('tomorrow');
  expect((await awe('workflows', 'rollback', 'lead-processing', '--to', '1')).said).toMatch(/at version 3, /);
  writeFileSync(file, (await awe('workflows', 'export', 'lead-processing')).said);
  expect((await awe('workflows', 'plan', file)).said).toContain('no difference');
  expect((await awe('workflows', 'list')).said).toMatch(/lead-processing +3 /);
  expect((await awe('workflows', 'show', 'lead-processing')).said).toContain('version 3, rolled_back');
});

it('says where a file is wrong, as editors read it', async () => {
  const file = join(stack.config.store.dir, 'wrong.yaml');
  writeFileSync(file, 'name: Wrong\nsteps:\n  - step_id: a\n    step_type: tool\n    tool: data.ecko\n');
  const { said, code } = await awe('workflows', 'validate', file);
  expect([said.slice(0, file.length + 5), code]).toEqual([`${file}:5:5:`, 1]);
  expect(said).toContain('near it: data.echo');
  await expect(awe('workflows', 'apply', file)).rejects.toThrow(/there is no tool named "data.ecko"/);
  await expect(awe('executions', 'show', 'nobody')).rejects.toThrow(/There is no execution nobody/);
});
