import type { ToolCatalogue } from '../../../core/plan/catalogue';
import { bareExpression, compile } from '../../../core/plan/expressions';
import { jsonBytes } from '../../../core/identity';
import { Duration, type Step } from '../../../schemas/plan';
import type { JsonSchema } from '../../../schemas/tool';
import { argumentFaults, expressionFaults, sourceFaults, type ArgumentFault } from './arguments';
import { elementOf, fieldOf } from './fields';
import { fieldsThere } from './fits';
import { infer, type Names } from './infer';
import { ANY, asSchema } from './kinds';
import { typeOfSteps } from './outputs';

/** Bytes of the arguments of a step, as JSON. */
const ARGUMENTS = 256 * 1024;

/** Faults of a step that its schema does not see: arguments, types of what expressions read, sizes. */
export function stepFaults(step: Step, at: string, names: Names, catalogue: ToolCatalogue): ArgumentFault[] {
  const { for_each } = step;
  const inner = for_each === undefined ? names : namesOfElement(step.id, for_each, names);
  return [
    ...(for_each === undefined ? [] : sourceFaults(bareExpression(for_each), LIST, names, `${at}/for_each`)),
    ...inputFaults(step, at, inner, catalogue),
    ...untilFaults(step, at, inner, catalogue),
    ...groupFaults(step, at, inner, catalogue),
    ...expressionFaults(step.approval ?? {}, names, `${at}/approval`),
    ...(step.when === undefined ? [] : sourceFaults(bareExpression(step.when), BOOLEAN, names, `${at}/when`)),
  ];
}

/** Faults of the steps within a group, which see the steps around them, and of what it gives back. */
function groupFaults(
  { steps, result, until }: Step,
  at: string,
  names: Names,
  catalogue: ToolCatalogue,
): ArgumentFault[] {
  if (!steps) return [];
  const around = asSchema(names.get('steps')?.properties);
  const within = typeOfSteps(steps, catalogue);
  const inner = new Map([
    ...names,
    ...(until ? [['index', { type: 'integer' }] as const] : []),
    ['steps', { ...within, properties: { ...around, ...asSchema(within.properties) } }] as const,
  ]);
  return [
    ...steps.flatMap((step, index) => stepFaults(step, `${at}/steps/${index}`, inner, catalogue)),
    ...expressionFaults(result ?? {}, inner, `${at}/result`),
  ];
}

const WAIT: JsonSchema = {
  type: 'object',
  properties: {
    for: { ...Duration, description: 'a time, such as 15m' },
    until: { type: 'string', description: 'an instant, such as 2026-01-31T09:00:00Z' },
  },
};
const BOOLEAN: JsonSchema = { type: 'boolean' };
const LIST: JsonSchema = { type: 'array' };

/** Names for one element of a step that runs for each: its own output is then that of the element. */
function namesOfElement(id: string, forEach: string, names: Names): Names {
  const steps = names.get('steps') ?? ANY;
  const source = bareExpression(forEach);
  const list = infer(compile(source).node, names, source).type;
  return new Map([
    ...names,
    ['item', elementOf(list)],
    ['index', { type: 'integer' }],
    ['steps', { ...steps, properties: { ...asSchema(steps.properties), [id]: ANY } }],
  ]);
}

function inputFaults(step: Step, at: string, names: Names, catalogue: ToolCatalogue): ArgumentFault[] {
  const given = step.with ?? {};
  const bytes = jsonBytes(given);
  const hint = 'keep large values in a file or the output of a step, and name them by an expression';
  if (bytes > ARGUMENTS)
    return [
      {
        pointer: `${at}/with`,
        code: 'plan.too_large',
        message: `the arguments have ${bytes} bytes, and may have ${ARGUMENTS}`,
        hint,
      },
    ];
  const schema = step.kind === 'wait' ? WAIT : catalogue.of(step)?.input;
  return argumentFaults(given, schema ?? ANY, names, `${at}/with`);
}

function untilFaults({ until }: Step, at: string, names: Names, catalogue: ToolCatalogue): ArgumentFault[] {
  const spec = until && catalogue.tool(until.check);
  if (!until || !spec) return [];
  const verdict = fieldOf(spec.output, 'accepted');
  const faults = argumentFaults(until.with, spec.input, names, `${at}/until/with`);
  if ('type' in verdict) return faults;
  const gives = 'missing' in verdict ? fieldsThere(verdict.missing) : '';
  const message = `${spec.name} does not answer {accepted, findings}${gives}`;
  return [
    ...faults,
    {
      pointer: `${at}/until/check`,
      code: 'plan.no_check',
      message,
      hint: 'use a tool that checks, such as check.that',
    },
  ];
}
