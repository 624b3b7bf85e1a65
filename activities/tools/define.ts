import type { Static, TSchema } from 'typebox';
import type { ToolSpec } from '../../schemas/tool';
import { jsonSchema } from './schema';
import type { Tool, ToolContext } from './tool';

/** A specification with schemas made with TypeBox, so that they type input and output. */
export interface TypedSpec<Input extends TSchema, Output extends TSchema> extends Omit<ToolSpec, 'input' | 'output'> {
  input: Input;
  output: Output;
}

/** Work that a specification's schemas type. */
export type Typed<Input extends TSchema, Output extends TSchema> = (
  input: Static<Input>,
  context: ToolContext<Static<Output>>,
) => Promise<Static<Output>>;

/** A tool as it is written. */
export interface ToolDefinition<Input extends TSchema, Output extends TSchema> extends TypedSpec<Input, Output> {
  run: Typed<Input, Output>;
  /** result in a simulation; without it a sample is made from the output's schema */
  simulate?: Typed<Input, Output>;
}

declare const schemas: unique symbol;

/** A tool whose schemas are known when other code is compiled, such as a workflow that calls it. */
export interface TypedTool<Input extends TSchema, Output extends TSchema> extends Tool {
  readonly [schemas]?: { input: Input; output: Output };
}

/** Makes a tool from its specification and its function. The types of `run` follow from the schemas. */
export function defineTool<Input extends TSchema, Output extends TSchema>(
  definition: ToolDefinition<Input, Output>,
): TypedTool<Input, Output> {
  const { run, simulate, ...spec } = definition;
  return { spec: plainSpec(spec), run: plainWork(run), simulate: simulate && plainWork(simulate) };
}

/** The specification as the platform reads it. */
export function plainSpec<Input extends TSchema, Output extends TSchema>(spec: TypedSpec<Input, Output>): ToolSpec {
  return { ...spec, input: jsonSchema(spec.input), output: jsonSchema(spec.output) };
}

/** Work as the runtime calls it, which holds the input against its schema before, and the output after. */
export const plainWork = (work: (input: never, context: never) => Promise<unknown>) =>
  work as NonNullable<Tool['simulate']>;
