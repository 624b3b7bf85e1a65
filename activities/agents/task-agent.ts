import { Type, type Static, type TObject, type TProperties, type TSchema } from 'typebox';
import { JsonObjectValue, JsonValue, type Json, type JsonObject } from '../../schemas/json';
import type { AgentTask } from '../../schemas/tool';
import { AgentWork } from '../../schemas/agents/work';
import { llmErrors } from '../llm/faults';
import { lockErrors } from '../llm/locks';
import { ToolError } from '../tools/errors';
import { compiledWhenUsed, jsonSchema, type Check } from '../tools/schema';
import type { ToolContext } from '../tools/tool';
import { defineAgent, type Agent } from './base';
import { loopErrors } from './loop/bounds';

/** A task as it is written: its schemas type its rules. */
export interface TaskDefinition<Given extends TSchema, Output extends TProperties> {
  description: string;
  /** members that it reads: from `parameters` first, then from `input`; others are ignored */
  given: Given;
  output: TObject<Output>;
  /** a request that a test runs */
  example: Omit<TaskRequest, 'task'>;
  /** the answer by rules: pure, from what was given alone */
  rules(given: Static<Given>, context: ToolContext): Static<TObject<Output>> | Promise<Static<TObject<Output>>>;
}

/** A request to an agent with tasks. */
export interface TaskRequest {
  task: string;
  parameters?: JsonObject;
  input?: Json;
  /** tools that a model may ask for while it does the task; none if left out */
  tools?: string[];
}

/** A task whose schemas are checked at run time alone. */
export interface Task extends Omit<TaskDefinition<TSchema, TProperties>, 'rules'> {
  rules(given: never, context: ToolContext): object | Promise<object>;
}

/** A task whose schemas are known when other code is compiled, such as a workflow that asks for it. */
export interface TypedTask<Given extends TSchema, Output extends TProperties> extends Task {
  given: Given;
  output: TObject<Output>;
}

export const defineTask = <Given extends TSchema, Output extends TProperties>(
  definition: TaskDefinition<Given, Output>,
): TypedTask<Given, Output> => definition;

export interface TaskAgentDefinition<Tasks> {
  name: string;
  version: string;
  description: string;
  /** by their names */
  tasks: Tasks;
}

/** Names of tools that a step lists for an agent. They are written, never computed: data must not choose tools. */
const TaskTools = Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { maxItems: 20, uniqueItems: true });

declare const known: unique symbol;

/** An agent whose tasks are known when other code is compiled. */
export interface TaskAgent<Tasks extends { [name: string]: Task }> extends Agent {
  readonly [known]?: Tasks;
}

/** An agent that knows tasks by their names. It only reads: what it finds, others act upon. */
export function defineTaskAgent<Tasks extends { [name: string]: Task }>({
  tasks,
  ...about
}: TaskAgentDefinition<Tasks>): TaskAgent<Tasks> {
  const known = new Map(Object.entries(tasks).map(([name, task]) => [name, prepared(name, task)]));
  return defineAgent({
    ...about,
    input: Type.Object(
      {
        task: Type.Enum(Object.keys(tasks)),
        parameters: Type.Optional(JsonObjectValue),
        input: Type.Optional(JsonValue),
        tools: Type.Optional(TaskTools),
      },
      { additionalProperties: false },
    ),
    output: Type.Unsafe<JsonObject>(Type.Union([...known.values()].map(({ output }) => output))),
    tasks: [...known].map(([name, { task, output }]) => statementOf(name, task, output)),
    effect: 'none',
    risk: 'low',
    approval: false,
    // a model may be asked several times
    timeout: 300_000,
    retry: { attempts: 4, initialMs: 500, backoff: 2, maxMs: 10_000 },
    errors: {
      'agent.input_invalid': 'input',
      'agent.task_unknown': 'input',
      'agent.tool_unknown': 'input',
      ...loopErrors,
      ...llmErrors,
      ...lockErrors,
    },
    deliver: work,
    simulate: work,
  });

  async function work(request: TaskRequest, context: ToolContext): Promise<JsonObject> {
    const { task: name } = request;
    const found = known.get(name);
    if (!found) throw refused('agent.task_unknown', `${about.name} knows no task ${name}`);
    const given = givenTo(request, found.check);
    const draft = { ...(await found.task.rules(given as never, context)) } as JsonObject;
    const solved = await context.solve?.({
      ...{ agent: about.name, task: name, description: found.task.description, given, draft },
      ...{ output: found.answer, check: found.checkAnswer, tools: request.tools ?? [] },
      language: given['language'] === 'fr' ? 'fr' : 'en',
    });
    if (!solved) return { task: name, by: 'rules', ...draft };
    const members = Object.entries(solved.answer).filter(([member]) =>
      Object.hasOwn(found.task.output.properties, member),
    );
    return { ...Object.fromEntries(members), task: name, by: 'llm', llm: solved.work };
  }
}

const refused = (type: string, message: string) => new ToolError({ class: 'input', type, message });

function prepared(name: string, task: Task) {
  const output = Type.Object({
    task: Type.Literal(name),
    by: Type.Enum(['rules', 'llm'], { description: 'who has answered' }),
    llm: Type.Optional(AgentWork),
    ...task.output.properties,
  });
  const answer = jsonSchema(task.output);
  const check = compiledWhenUsed(jsonSchema(task.given));
  return { task, output, check, answer, checkAnswer: compiledWhenUsed(answer) };
}

const statementOf = (name: string, { description, given, example }: Task, output: TSchema): AgentTask => ({
  name,
  description,
  given: jsonSchema(given),
  output: jsonSchema(output),
  example: { task: name, ...example },
});

/** Members for a task. @throws ToolError with the places of the faults in the request */
function givenTo({ parameters = {}, input }: TaskRequest, check: Check): JsonObject {
  const beside = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
  const given = { ...beside, ...parameters };
  const problems = check(given, 0);
  if (problems.length === 0) return given;
  const words = problems.map(({ pointer, message }) => {
    const [, member = ''] = pointer.split('/');
    const side = member === '' ? '' : Object.hasOwn(parameters, member) ? '/parameters' : '/input';
    return `${side}${pointer}${pointer === '' ? '' : ' '}${message}`;
  });
  throw refused('agent.input_invalid', words.slice(0, 5).join('; ').slice(0, 1_000));
}
