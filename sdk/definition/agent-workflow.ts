import type { Static, TSchema } from 'typebox';
import type { Tool } from '../../activities/tools/tool';
import type { DefinitionStep, WorkflowDefinition } from '../../schemas/definition/definition';
import type { Json, JsonObject } from '../../schemas/json';
import type { JsonSchema } from '../../schemas/tool';
import { writeYaml } from '../../src/definition/yaml';
import { bareOf, reference, type Expression, type Reference, type Resolved } from './expressions';
import type { Checked, Outcome, Outcomes, StepInput } from './steps';

/** Facts of a workflow, besides its steps. */
export interface AgentWorkflowOptions<Input extends TSchema> {
  /** its name in addresses; made of `name` where it is left out */
  id?: string;
  name: string;
  description?: string;
  /** schema of its input, made with `Type.Object`: it types `input`, and executions are held to it */
  input?: Input;
  /** steps at a time */
  max_parallel?: number;
}

/** Values that a step, or the result, may name. */
export interface Scope<Input, Steps> {
  input: Reference<Input>;
  steps: { readonly [Id in keyof Steps]: Steps[Id] extends Outcome<unknown> ? Reference<Steps[Id]> : never };
  /** in the step of a loop over a list: the element, and its place from 0 */
  item: Reference<any>; // eslint-disable-line @typescript-eslint/no-explicit-any
  index: Expression<number>;
}

type Empty = Record<never, never>;

/**
 * A workflow definition in TypeScript. It makes the same definition as a YAML file does; types follow from the schema of
 * the input, and from the agents, tools and transformations of the steps before.
 */
export class AgentWorkflow<Input extends TSchema = TSchema, Steps = Empty, Result = Json> {
  private readonly steps: DefinitionStep[] = [];
  private result: JsonObject | undefined;

  constructor(private readonly options: AgentWorkflowOptions<Input>) {}

  /** Adds a step: made of the values that it may name, or as it is. */
  addStep<const S extends StepInput>(
    step: (scope: Scope<Static<Input>, Steps>) => S & Checked<S>,
  ): AgentWorkflow<Input, Steps & Outcomes<S>, Result>;
  addStep<const S extends StepInput>(step: S & Checked<S>): AgentWorkflow<Input, Steps & Outcomes<S>, Result>;
  addStep(step: StepInput | ((scope: never) => StepInput)): unknown {
    this.steps.push(writtenStep(typeof step === 'function' ? step(scope()) : step));
    return this;
  }

  /** Says what an execution gives back; without it the outputs of the steps that no other waits for. */
  returns<const R extends object>(
    result: R | ((scope: Scope<Static<Input>, Steps>) => R),
  ): AgentWorkflow<Input, Steps, Resolved<R>> {
    this.result = writtenValue(
      typeof result === 'function' ? (result as (all: unknown) => R)(scope()) : result,
    ) as JsonObject;
    return this;
  }

  /** The definition as the API takes it. Whether it can run says the server, with all its faults. */
  toDefinition(): WorkflowDefinition {
    const { id, name, description, input, max_parallel } = this.options;
    const definition = { id, name, description, input_schema: input as JsonSchema | undefined, max_parallel };
    return JSON.parse(JSON.stringify({ ...definition, steps: this.steps, result: this.result })) as WorkflowDefinition;
  }

  toYaml(): string {
    return writeYaml(this.toDefinition());
  }
}

const scope = () =>
  ({
    input: reference('input'),
    steps: reference('steps'),
    item: reference('item'),
    index: reference('index'),
  }) as never;

/** Members whose texts are expressions by themselves, without `${{ }}`. */
const BARE: readonly string[] = ['when', 'condition', 'items', 'while', 'until'];

function writtenStep(step: StepInput): DefinitionStep {
  const members = Object.entries(step).map(([name, value]: [string, unknown]) => {
    if (BARE.includes(name)) return [name, bareOf(value) ?? value];
    if (name === 'steps') return [name, (value as StepInput[]).map(writtenStep)];
    if ((name === 'tool' || name === 'agent_type') && typeof value === 'object')
      return [name, (value as Tool).spec.name];
    return [name, writtenValue(value)];
  });
  return Object.fromEntries(members) as DefinitionStep;
}

/** A value in JSON: expressions in it become texts. */
function writtenValue(value: unknown): unknown {
  if (bareOf(value) !== undefined) return String(value);
  if (Array.isArray(value)) return value.map(writtenValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, writtenValue(part)]));
}
