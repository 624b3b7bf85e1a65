import type { ToolCatalogue } from '../../../core/plan/catalogue';
import type { JsonObject } from '../../../schemas/json';
import type { Step } from '../../../schemas/plan';
import type { JsonSchema } from '../../../schemas/tool';
import { ANY, oneOf } from './kinds';
import { resolved } from './resolved';

/** The type of `steps` in the expressions of a plan. A step that there is not may be anything: other checks name it. */
export function typeOfSteps(steps: readonly Step[], catalogue: ToolCatalogue): JsonSchema {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const properties = Object.fromEntries(steps.map((step) => [step.id, typeOfStep(step, byId, catalogue)]));
  return { type: 'object', properties, additionalProperties: true };
}

function typeOfStep(step: Step, byId: ReadonlyMap<string, Step>, catalogue: ToolCatalogue): JsonSchema {
  const outputs = [outputOf(step, catalogue)];
  const fallback = typeof step.on_error === 'object' ? byId.get(step.on_error.fallback) : undefined;
  if (fallback) outputs.push(outputOf(fallback, catalogue));
  return {
    type: 'object',
    properties: { status: { type: 'string' }, output: oneOf(outputs), error: ANY },
    additionalProperties: false,
  };
}

function outputOf(step: Step, catalogue: ToolCatalogue): JsonSchema {
  switch (step.kind) {
    case 'approval':
      return ANSWER;
    case 'wait':
      return { type: 'object', properties: { waited_until: { type: 'string' } }, additionalProperties: false };
    case 'group': {
      const { steps = [], result } = step;
      const output = result ? fieldsOf(result) : outputsOf(steps, catalogue);
      return step.for_each === undefined ? output : outputOfEach(output);
    }
    case 'workflow':
      return step.for_each === undefined ? ANY : outputOfEach(ANY);
    case 'tool':
    case 'agent': {
      const spec = catalogue.of(step);
      const output = spec ? resolved(spec.output) : ANY;
      return step.for_each === undefined ? output : outputOfEach(output);
    }
  }
}

/** The outputs of the steps of a group, by their ids. */
function outputsOf(steps: readonly Step[], catalogue: ToolCatalogue): JsonSchema {
  const properties = Object.fromEntries(steps.map((step) => [step.id, outputOf(step, catalogue)]));
  return { type: 'object', properties, additionalProperties: false };
}

/** What a template gives: its fields, of any type. */
const fieldsOf = (template: JsonObject): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.keys(template).map((name) => [name, ANY])),
  additionalProperties: false,
});

/** The output of a step that runs for each element: one output each, in the order of the elements. */
function outputOfEach(output: JsonSchema): JsonSchema {
  const counts = { count: { type: 'integer' }, failed: { type: 'integer' }, errors: { type: 'array' } };
  return {
    type: 'object',
    properties: { items: { type: 'array', items: output }, ...counts },
    required: ['items', 'count', 'failed'],
    additionalProperties: false,
  };
}

/** A person's answer to an approval step. */
const ANSWER: JsonSchema = {
  type: 'object',
  properties: { choice: { type: 'string' }, by: { type: 'string' }, comment: { type: ['string', 'null'] }, data: ANY },
  additionalProperties: false,
};
