import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../../schemas/json';
import { LARGEST_VALUE, type Value } from '../../schemas/refs';
import type { StepArguments } from '../../schemas/step-call';
import type { ErrorClass } from '../../schemas/tool';
import { sampleOf } from '../../src/contracts/sample';
import type { Documents } from '../../src/documents/content';
import { DocumentError } from '../../src/documents/errors';
import { canonicalJson } from '../../src/documents/json';
import type { EvaluateOptions } from '../../core/plan/expressions';
import { resolveArguments } from './arguments';
import { documentFault, ToolError } from './errors';
import type { RegisteredTool } from './registry';
import type { SchemaProblem } from './schema';

/** Milliseconds between tries to store the output of an effect that cannot be repeated. */
const PAUSES = [200, 1000];

/** The input of a tool, held against its schema. */
export async function readInput(
  documents: Pick<Documents, 'getValue' | 'fromValue'>,
  registered: RegisteredTool,
  given: StepArguments,
  secrets: Record<string, string>,
  options?: EvaluateOptions,
): Promise<Json> {
  const input = await resolveArguments(documents, given, secrets, options);
  assertInput(registered, input);
  return input;
}

/** @throws ToolError of class `input` where arguments are too large, or do not fit their schema */
export function assertInput({ spec, checkInput }: Pick<RegisteredTool, 'spec' | 'checkInput'>, input: Json): void {
  const bytes = Buffer.byteLength(canonicalJson(input));
  if (bytes > LARGEST_VALUE)
    throw fault('input', 'tool.input_too_large', `the input of ${spec.name} ${tooLarge(bytes)}`);
  const problems = checkInput(input, bytes);
  if (problems.length === 0) return;
  throw fault('input', 'tool.input_invalid', `the input of ${spec.name}: ${told(problems)}`, problems);
}

/** The output of a tool: checked, and kept in the document store where it is too large to travel. */
export async function keepOutput(
  documents: Pick<Documents, 'toValue'>,
  registered: RegisteredTool,
  output: Json,
): Promise<Value> {
  const { spec, checkOutput } = registered;
  const canonical = asJson(spec.name, output);
  const bytes = Buffer.byteLength(canonical);
  if (bytes > LARGEST_VALUE)
    throw fault('permanent', 'tool.output_too_large', `the output of ${spec.name} ${tooLarge(bytes)}`);
  const problems = checkOutput(output, bytes);
  if (problems.length > 0)
    throw fault('permanent', 'tool.output_invalid', `the output of ${spec.name}: ${told(problems)}`, problems);
  const pauses = spec.effect === 'once' ? [...PAUSES] : [];
  for (;;) {
    try {
      return await documents.toValue(output, canonical);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      if (spec.effect !== 'once') throw documentFault(error);
      const pause = error.passing ? pauses.shift() : undefined;
      if (pause === undefined)
        throw fault(
          'permanent',
          `documents.${error.code}`,
          `${spec.name} is done, but its output is lost: ${error.message}`,
        );
      await sleep(pause);
    }
  }
}

/** Result of a tool without a stub in a simulation. */
export function sampleFor({ spec, checkOutput }: Pick<RegisteredTool, 'spec' | 'checkOutput'>): Json {
  const output = sampleOf(spec.output);
  const problems = checkOutput(output, 0);
  if (problems.length === 0) return output;
  const message = `no sample can be made for ${spec.name} (${told(problems)}): give the tool a \`simulate\``;
  throw fault('permanent', 'simulate.no_sample', message);
}

function asJson(name: string, output: unknown): string {
  try {
    if (output === undefined) throw new DocumentError('bad_value', 'there is none; a tool without a result gives null');
    return canonicalJson(output);
  } catch (error) {
    throw fault('permanent', 'tool.output_invalid', `the output of ${name}: ${(error as Error).message}`);
  }
}

function tooLarge(bytes: number): string {
  return `has ${bytes} bytes of JSON; the limit is ${LARGEST_VALUE} (larger things are artifacts)`;
}

function told(problems: SchemaProblem[]): string {
  const shown = problems.slice(0, 3).map(({ pointer, message }) => `${pointer || 'the value'} ${message}`);
  return `${shown.join('; ')}${problems.length > 3 ? `; and ${problems.length - 3} more` : ''}`;
}

function fault(errorClass: ErrorClass, type: string, message: string, details?: SchemaProblem[]): ToolError {
  return new ToolError({ class: errorClass, type, message, ...(details ? { details } : {}) });
}
