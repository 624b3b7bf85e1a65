import { Type, type Static, type TProperties } from 'typebox';
import { Identifier, JsonObjectValue } from '../json';
import { Approval, Duration, MOST_ROUNDS, OnError, RetryPolicy } from '../plan';
import type { JsonSchema } from '../tool';

/** Kinds of steps of a workflow definition. */
export const stepTypes = [
  'agent_task',
  'tool',
  'api_call',
  'condition',
  'loop',
  'parallel',
  'transform',
  'wait',
  'approval',
  'sub_workflow',
] as const;
export type StepType = (typeof stepTypes)[number];

/** The id of a step; expressions name it as `steps.<id>`. */
const StepId = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,59}$' });
const StepIds = Type.Array(StepId, { maxItems: 500, uniqueItems: true });
const Expression = Type.String({ minLength: 1, maxLength: 8192 });

/** Members that every step may have, wherever it stands. */
const common = {
  step_id: Type.Unsafe<string>({ ...StepId, description: 'expressions name it as `steps.<step_id>.output`' }),
  name: Type.Optional(Type.String({ maxLength: 200 })),
  step_type: Type.Enum([...stepTypes]),
  agent_type: Type.Optional(Type.String({ maxLength: 80, description: 'of an agent_task: the agent' })),
  task: Type.Optional(Type.String({ maxLength: 4_000, description: 'of an agent_task: what the agent is to do' })),
  tools: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 80 }), {
      maxItems: 20,
      uniqueItems: true,
      description:
        'of an agent_task: tools that a model may call while it does the task, where `WORKER_MODE` is `llm`; none if left out',
    }),
  ),
  tool: Type.Optional(Type.String({ maxLength: 200, description: 'of a tool step' })),
  workflow: Type.Optional(
    Type.Unsafe<string>({ ...Identifier, description: 'of a sub_workflow: the id of the definition that it executes' }),
  ),
  version: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'of a sub_workflow: the version; without it the newest when this definition is kept',
    }),
  ),
  parameters: Type.Optional(
    Type.Unsafe<Static<typeof JsonObjectValue>>({
      ...JsonObjectValue,
      description:
        'arguments of the tool, the agent or the API call; the input of a sub_workflow; what a transform gives; `for` or `until` of a wait. Texts may hold `${{ … }}`',
    }),
  ),
  depends_on: Type.Optional(Type.Unsafe<string[]>({ ...StepIds, description: 'steps that it waits for' })),
  when: Type.Optional(Type.Unsafe<string>({ ...Expression, description: 'a condition; false skips the step' })),
  condition: Type.Optional(Type.Unsafe<string>({ ...Expression, description: 'of a condition step: true or false' })),
  then: Type.Optional(Type.Unsafe<string[]>({ ...StepIds, description: 'steps that run if the condition holds' })),
  else: Type.Optional(Type.Unsafe<string[]>({ ...StepIds, description: 'steps that run if it does not' })),
  items: Type.Optional(Type.Unsafe<string>({ ...Expression, description: 'of a loop: the list to go through' })),
  max_parallel: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, default: 8, description: 'of a loop: elements at a time' }),
  ),
  while: Type.Optional(
    Type.Unsafe<string>({
      ...Expression,
      description: 'of a loop: once more as long as it holds; looked at after each round',
    }),
  ),
  until: Type.Optional(
    Type.Unsafe<string>({
      ...Expression,
      description: 'of a loop: once more until it holds; looked at after each round',
    }),
  ),
  max_iterations: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MOST_ROUNDS, description: 'of a loop with while or until: its bound' }),
  ),
  every: Type.Optional(Type.Unsafe<string>({ ...Duration, description: 'of such a loop: the pause between rounds' })),
  approval: Type.Optional(Approval),
  timeout: Type.Optional(Type.Unsafe<string>({ ...Duration, description: 'for the step with all its attempts' })),
  retry: Type.Optional(RetryPolicy),
  on_error: Type.Optional(OnError),
  output: Type.Optional(
    Type.Unsafe<Static<typeof JsonObjectValue>>({
      ...JsonObjectValue,
      description: 'in place of the output as it came; its expressions name that as `steps.<step_id>.output`',
    }),
  ),
};

/** A step with further steps within it. */
const around = <Within extends TProperties>(within: Within, $id: string) =>
  Type.Object(
    {
      ...common,
      steps: Type.Optional(
        Type.Array(Type.Object(within, { additionalProperties: false }), {
          minItems: 1,
          maxItems: 500,
          description: 'of a parallel step: those that run side by side; of a loop: the one that it repeats',
        }),
      ),
    },
    { $id, additionalProperties: false },
  );

/** A step of a workflow definition; steps stand at most three deep within one another. Its members are those of its kind; `docs/workflows.md` has them. */
export const DefinitionStep = around(around(common, 'StepWithin').properties, 'DefinitionStep');

/** The same as code goes through it: a step may hold steps. */
export type DefinitionStep = Static<ReturnType<typeof Type.Object<typeof common>>> & { steps?: DefinitionStep[] };

/** Steps of a definition, those within others counted too. */
export const MOST_STEPS = 500;

/** Members of a definition that people write. */
const written = {
  name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
  description: Type.Optional(Type.String({ maxLength: 4_000 })),
  input_schema: Type.Optional(
    Type.Unsafe<JsonSchema>({
      type: 'object',
      description: 'JSON Schema of `input_data`; without it any object is taken',
    }),
  ),
  max_parallel: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'steps at a time' })),
  result: Type.Optional(
    Type.Unsafe<Static<typeof JsonObjectValue>>({
      ...JsonObjectValue,
      description: 'what an execution gives back; without it the outputs of the steps that no other waits for',
    }),
  ),
};

/** A workflow as data: what a product team sends, and keeps in a file. */
export const WorkflowDefinition = Type.Object(
  {
    $schema: Type.Optional(Type.String({ maxLength: 500, description: 'for editors' })),
    id: Type.Optional(
      Type.Unsafe<string>({
        ...Identifier,
        description: 'its name in addresses; given by the server if it is left out',
      }),
    ),
    ...written,
    steps: Type.Array(Type.Unsafe<DefinitionStep>({ ...DefinitionStep, $id: undefined }), {
      minItems: 1,
      maxItems: MOST_STEPS,
    }),
  },
  { $id: 'WorkflowDefinition', additionalProperties: false },
);
export type WorkflowDefinition = Static<typeof WorkflowDefinition>;

/** Its content, which is versioned: all but its id and what editors need. */
export type DefinitionContent = Omit<WorkflowDefinition, '$schema' | 'id'>;

/** A fault of a definition: its place as a JSON Pointer, and in a text its line and column, from 1. */
export const DefinitionFault = Type.Object(
  {
    pointer: Type.String(),
    code: Type.String(),
    message: Type.String(),
    hint: Type.Optional(Type.String({ description: 'a way to mend it' })),
    line: Type.Optional(Type.Integer({ minimum: 1 })),
    column: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { $id: 'DefinitionFault' },
);
export type DefinitionFault = Static<typeof DefinitionFault>;
