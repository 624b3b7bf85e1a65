import { readFileSync } from 'node:fs';
import { leadProcessing } from '../../../examples/workflows/lead-processing';
import { AgentWorkflow, cel, defineTask, defineTaskAgent, defineTool, orElse, Type } from '../../../sdk';
import { readYaml } from '../../../src/definition/yaml';

const hello = defineTool({
  name: 'my.hello',
  version: '1',
  description: 'greets',
  input: Type.Object({ name: Type.String() }),
  output: Type.Object({ text: Type.String() }),
  run: async ({ name }) => ({ text: name }),
});

const greeter = defineTaskAgent({
  name: 'greeter',
  version: '1',
  description: 'greets',
  tasks: {
    greet: defineTask({
      description: 'greets',
      given: Type.Object({ name: Type.String() }),
      output: Type.Object({ words: Type.Integer() }),
      example: { input: { name: 'Ann' } },
      rules: ({ name }) => ({ words: name.length }),
    }),
  },
});

const greeting = () =>
  new AgentWorkflow({
    name: 'greet',
    input: Type.Object({ names: Type.Array(Type.String()), limit: Type.Optional(Type.Integer()) }),
  });

it('the builder makes the definition that the YAML file says', () => {
  const { value } = readYaml(readFileSync('examples/workflows/lead-processing.yaml', 'utf8'));
  expect(leadProcessing.toDefinition()).toEqual(value);
  expect(readYaml(leadProcessing.toYaml()).value).toEqual(value);
});

it('every type of step can be written, and what earlier steps give is known by its type', () => {
  const workflow = greeting()
    .addStep(({ item }) => ({
      ...{ step_id: 'each', step_type: 'loop', items: 'input.names', max_parallel: 2 },
      steps: [{ step_id: 'one', step_type: 'tool', tool: hello, parameters: { name: item } }],
    }))
    .addStep(({ steps: { each } }) => ({
      ...{ step_id: 'greeted', step_type: 'agent_task', agent_type: greeter, task: 'greet' },
      parameters: { name: each.output.items[0].text },
      on_error: 'continue',
    }))
    .addStep({
      ...{ step_id: 'both', step_type: 'parallel', when: 'size(input.names) > 0' },
      steps: [
        { step_id: 'left', step_type: 'transform', parameters: { a: 1 } },
        { step_id: 'right', step_type: 'api_call', parameters: { url: 'https://api.example.com' }, timeout: '5s' },
      ],
    })
    .addStep({ step_id: 'pause', step_type: 'wait', parameters: { for: '1m' } })
    .addStep(({ steps: { both, greeted } }) => ({
      ...{ step_id: 'ask', step_type: 'approval', depends_on: ['pause'] },
      approval: {
        question: `Is ${String(both.output.left.a)} right?`,
        shows: { status: both.output.right.status, words: greeted.output.words },
        expire_after: '1h',
      },
    }))
    .addStep({
      ...{ step_id: 'again', step_type: 'loop', until: 'steps.again.output.n > 2', max_iterations: 5, every: '1s' },
      steps: [{ step_id: 'count', step_type: 'transform', parameters: { n: 3 } }],
    })
    .addStep(({ input, steps: { ask } }) => ({
      ...{ step_id: 'few', step_type: 'condition', depends_on: ['again'] },
      condition: cel`size(${input.names}) <= ${orElse(input.limit, 3)} && ${ask.output.choice} == ${'approve'}`,
      then: ['end'],
    }))
    .addStep({ step_id: 'end', step_type: 'tool', tool: 'data.echo', parameters: { done: true } })
    .returns(({ steps: { each } }) => ({ n: cel<number>`${cel`${each.output.count} + 1`} * 2` }));
  expect(workflow.toDefinition()).toEqual({
    name: 'greet',
    input_schema: {
      type: 'object',
      required: ['names'],
      properties: { names: { type: 'array', items: { type: 'string' } }, limit: { type: 'integer' } },
    },
    steps: [
      {
        ...{ step_id: 'each', step_type: 'loop', items: 'input.names', max_parallel: 2 },
        steps: [{ step_id: 'one', step_type: 'tool', tool: 'my.hello', parameters: { name: '${{ item }}' } }],
      },
      {
        ...{ step_id: 'greeted', step_type: 'agent_task', agent_type: 'greeter', task: 'greet', on_error: 'continue' },
        parameters: { name: '${{ steps.each.output.items[0].text }}' },
      },
      {
        ...{ step_id: 'both', step_type: 'parallel', when: 'size(input.names) > 0' },
        steps: [
          { step_id: 'left', step_type: 'transform', parameters: { a: 1 } },
          { step_id: 'right', step_type: 'api_call', parameters: { url: 'https://api.example.com' }, timeout: '5s' },
        ],
      },
      { step_id: 'pause', step_type: 'wait', parameters: { for: '1m' } },
      {
        ...{ step_id: 'ask', step_type: 'approval', depends_on: ['pause'] },
        approval: {
          question: 'Is ${{ steps.both.output.left.a }} right?',
          shows: {
            status: '${{ steps.both.output.right.status }}',
            words: '${{ steps.greeted.output.words }}',
          },
          expire_after: '1h',
        },
      },
      {
        ...{ step_id: 'again', step_type: 'loop', until: 'steps.again.output.n > 2', max_iterations: 5, every: '1s' },
        steps: [{ step_id: 'count', step_type: 'transform', parameters: { n: 3 } }],
      },
      {
        ...{ step_id: 'few', step_type: 'condition', depends_on: ['again'], then: ['end'] },
        condition: 'size(input.names) <= default(input.limit, 3) && steps.ask.output.choice == "approve"',
      },
      { step_id: 'end', step_type: 'tool', tool: 'data.echo', parameters: { done: true } },
    ],
    result: { n: '${{ (steps.each.output.count + 1) * 2 }}' },
  });
});

it('what does not fit is refused by the compiler', () => {
  const workflow = greeting().addStep({ step_id: 'made', step_type: 'transform', parameters: { n: 1 } });
  // @ts-expect-error there is no such step before
  workflow.addStep(({ steps }) => ({ step_id: 'a', step_type: 'transform', parameters: { of: steps.mede.output } }));
  // @ts-expect-error the input has no such member
  workflow.addStep(({ input }) => ({ step_id: 'b', step_type: 'transform', parameters: { of: input.nams } }));
  // @ts-expect-error the agent knows no such task
  workflow.addStep({ step_id: 'c', step_type: 'agent_task', agent_type: 'sales', task: 'qualify' });
  // @ts-expect-error the tool takes a text
  workflow.addStep({ step_id: 'd', step_type: 'tool', tool: hello, parameters: { name: 7 } });
  // @ts-expect-error there is no such type of step
  workflow.addStep({ step_id: 'e', step_type: 'transforms', parameters: {} });
  expect(workflow.toDefinition().steps).toHaveLength(6);
});
