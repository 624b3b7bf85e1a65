import { Type, type Static } from 'typebox';
import { createCatalogue } from '../../core/plan/catalogue';
import type { CompleteSpec } from '../../core/worst-case';
import type { CriticFinding } from '../../schemas/job/critic';
import type { Refusal } from '../../schemas/job/run';
import type { Json, JsonObject } from '../../schemas/json';
import type { LlmQuestion } from '../../schemas/llm-call';
import type { Plan } from '../../schemas/plan';
import type { Finding } from '../../schemas/tool';
import { validatorFor } from '../contracts/validators';
import { promptRef, type Prompt } from '../llm/prompt';
import { checkTypedPlan } from '../plans/check';
import { criticise } from './critic';
import { askedOf } from './critic/goal';

/** Findings that a model is told at a time. */
const TOLD = 20;

/** Bytes of the context that a model sees; of a larger one it sees the shape. */
const SHOWN = 8_000;

const strict = { additionalProperties: false };
const nullableText = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 8_000, description });

/**
 * A plan as a model writes it. Arguments are JSON in a text, because strict structured output has no open objects; what
 * is left out is null.
 */
const WrittenByModel = Type.Object(
  {
    name: Type.String({ description: 'the plan in a few words' }),
    steps: Type.Array(
      Type.Object(
        {
          id: Type.String({ description: 'a short name: letters, digits and _' }),
          kind: Type.Unsafe<'tool' | 'approval' | 'wait'>({ type: 'string', enum: ['tool', 'approval', 'wait'] }),
          uses: nullableText('the name of the tool'),
          with_json: Type.String({ description: 'the arguments, a JSON object as text' }),
          depends_on: Type.Array(Type.String(), { description: 'steps to wait for besides those that arguments name' }),
          when: nullableText('a CEL condition'),
          for_each: nullableText('an expression that gives a list'),
          until_json: nullableText(
            '`{check, with, rounds, every}`: the step is repeated until the check accepts, as text',
          ),
          on_error: Type.Unsafe<'continue' | null>({
            type: ['string', 'null'],
            enum: ['continue', null],
            description: '`continue`: its failure does not fail the job',
          }),
          question: nullableText('of an approval'),
          assignee: nullableText('of an approval: who is asked'),
        },
        strict,
      ),
    ),
    result_json: nullableText('what the job gives back, a JSON object as text'),
    notes: Type.Array(Type.String(), { description: 'words of the goal that nothing was planned for, and why' }),
    refused: Type.Array(Type.Object({ part: Type.String(), message: Type.String() }, strict), {
      description: 'parts of the goal that no tool can do, or that are unclear; then there are no steps',
    }),
  },
  strict,
);
type WrittenByModel = Static<typeof WrittenByModel>;

const written = validatorFor(WrittenByModel);

/** What a model is asked to plan. */
export interface Planning {
  goal: string;
  context: Json;
  tools: readonly CompleteSpec[];
  /** the plan of the rules, where they have one */
  draft?: Plan;
}

/** The question by which a model is asked for a plan. */
export function planQuestion({ goal, context, tools, draft }: Planning, prompt: Prompt): LlmQuestion {
  const shown = tools.map(({ name, description, effect, input, output }) => ({
    name,
    description,
    effect,
    input,
    output,
  }));
  const content = { goal, context: shownContext(context), tools: shown, draft: draft ?? null };
  return {
    task: prompt.name,
    prompt: promptRef(prompt),
    messages: [
      { role: 'system', content: prompt.text },
      { role: 'user', content: JSON.stringify(content) },
    ],
    schema: JSON.parse(JSON.stringify(WrittenByModel)) as JsonObject,
    max_tokens: 8_000,
    facts: { goal, context, tools } as unknown as Json,
  };
}

/** Faults of a model's plan, by the checks of every plan, and by the critic where it objects. */
export function judgePlan(value: Json, facts: Json): Finding[] {
  const read = planOfModel(value);
  if ('findings' in read) return read.findings;
  if ('refused' in read) return [];
  const { goal, context, tools } = facts as unknown as Planning;
  const catalogue = createCatalogue(tools);
  const checked = checkTypedPlan(read.plan, catalogue, { input: context });
  if ('faults' in checked)
    return checked.faults.slice(0, TOLD).map(({ code, pointer, message, hint }) => ({
      code,
      pointer,
      message: [message, hint].filter(Boolean).join(' '),
    }));
  const asked = askedOf(goal, context);
  return criticise(checked, catalogue, { asked, input: context }).filter(isError).map(asFinding);
}

/** A model's answer as a plan, or the parts of the goal that it refuses. */
export function planOfModel(
  value: Json,
): { plan: unknown; notes: string[] } | { refused: Refusal[] } | { findings: Finding[] } {
  const checked = written(value);
  if (!checked.ok)
    return {
      findings: checked.errors.slice(0, TOLD).map(({ pointer, message }) => ({ code: 'schema', pointer, message })),
    };
  const { name, steps, result_json, notes, refused } = checked.value;
  if (refused.length > 0) return { refused: refused.map((one) => ({ ...one, near: [] })) };
  if (steps.length === 0)
    return { findings: [{ code: 'plan.empty', message: 'there are no steps, and nothing is refused' }] };
  const findings: Finding[] = [];
  const object = (text: string | null, pointer: string): JsonObject | undefined => {
    if (text === null || text.trim() === '') return undefined;
    const parsed = parse(text);
    if (parsed === undefined) findings.push({ code: 'plan.arguments', pointer, message: 'it is no JSON object' });
    return parsed;
  };
  const plan = {
    name: name.slice(0, 200) || 'Plan',
    steps: steps.map((step, i) =>
      stepOf(step, {
        args: object(step.with_json, `/steps/${i}/with_json`),
        until: object(step.until_json, `/steps/${i}/until_json`),
      }),
    ),
    result: object(result_json, '/result_json'),
  };
  return findings.length > 0 ? { findings } : { plan: JSON.parse(JSON.stringify(plan)), notes };
}

function stepOf(step: WrittenByModel['steps'][number], { args, until }: { args?: JsonObject; until?: JsonObject }) {
  const { id, kind, uses, depends_on, when, for_each, on_error, question, assignee } = step;
  return {
    ...{ id, kind, uses: kind === 'tool' ? (uses ?? '') : undefined, with: kind === 'approval' ? undefined : args },
    ...{ depends_on: depends_on.length > 0 ? depends_on : undefined, when: when ?? undefined },
    ...{ for_each: for_each ?? undefined, until, on_error: on_error ?? undefined },
    approval:
      kind === 'approval'
        ? { question: question ?? 'Go on?', assignee: assignee ?? undefined, expire_after: '7d' }
        : undefined,
  };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The context as far as a model needs it: whole, or the shape of what is too large. */
function shownContext(context: Json): Json {
  if (JSON.stringify(context).length <= SHOWN) return context;
  return { shape: shapeOf(context, 4) };
}

function shapeOf(value: Json, levels: number): Json {
  if (Array.isArray(value))
    return levels === 0
      ? ['…']
      : [`${value.length} elements`, ...value.slice(0, 1).map((one) => shapeOf(one, levels - 1))];
  if (typeof value !== 'object' || value === null) return typeof value;
  if (levels === 0) return '…';
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 50)
      .map(([key, one]) => [key, shapeOf(one, levels - 1)]),
  );
}

const isError = ({ severity }: CriticFinding): boolean => severity === 'error';

const asFinding = ({ code, step_id, message, fix }: CriticFinding): Finding => ({
  code,
  message: `${step_id ?? 'the plan'}: ${message} ${fix}`,
});
