import { findNearest } from '../../../core/nearest';
import type { ToolCatalogue } from '../../../core/plan/catalogue';
import { GivenFailure, type GivenDecision } from '../../../schemas/definition/simulation';
import type { DefinitionStep, StepType } from '../../../schemas/definition/definition';
import type { Json, JsonObject } from '../../../schemas/json';
import { escapePointer } from '../../contracts/errors';
import { validatorFor } from '../../contracts/validators';
import type { OutlinedStep, Outline } from './outline';
import type { Stage } from './stage';

/** What a simulation is given, as it is sent. */
export interface GivenParts {
  outputs?: { [step: string]: Json };
  decisions?: { [step: string]: GivenDecision | GivenDecision[] };
}

/** A fault of what is given, by its place in the request. */
export interface GivenFault {
  pointer: string;
  detail: string;
}

/** What stands for one attempt. */
export type GivenEnd = { output: Json } | { error: GivenFailure['error'] };

/** Outputs and decisions that are given, each list read from its beginning by whoever goes through it. */
export class Given {
  private readonly outputs: Map<string, Json>;
  private readonly decisions: Map<string, GivenDecision | GivenDecision[]>;
  private readonly taken = new Map<string, number>();

  constructor({ outputs = {}, decisions = {} }: GivenParts) {
    this.outputs = new Map(Object.entries(outputs));
    this.decisions = new Map(Object.entries(decisions));
  }

  /** What stands for the next attempt of a step. `reader`: who goes through the list; the elements of a loop each do. */
  output(step: string, reader: string): GivenEnd | undefined {
    const given = this.outputs.get(step);
    if (given === undefined) return undefined;
    return endOf(this.take(`output ${reader}`, Array.isArray(given) ? given : [given]));
  }

  decision(step: string): GivenDecision | undefined {
    const given = this.decisions.get(step);
    return given && this.take(`decision ${step}`, Array.isArray(given) ? given : [given]);
  }

  private take<T>(reader: string, list: readonly T[]): T {
    const at = this.taken.get(reader) ?? 0;
    this.taken.set(reader, at + 1);
    return list[Math.min(at, list.length - 1)] as T;
  }
}

const endOf = (value: Json): GivenEnd => (isFailure(value) ? value : { output: value });

const validFailure = validatorFor(GivenFailure);

function isFailure(value: Json): value is GivenFailure & JsonObject {
  return validFailure(value).ok;
}

/** Kinds of steps that take no output, and what to do instead. */
const REFUSED: Partial<Record<StepType, string>> = {
  approval: 'say its decision in `decisions`',
  wait: 'a wait gives back when it ended; `starts_at` says when the simulation begins',
  parallel: 'its output is made of those of its steps: give theirs',
};

/** Faults of what is given: steps that there are not, and outputs that do not fit what is known of them. */
export function givenFaults(
  { outputs = {}, decisions = {} }: GivenParts,
  outline: Outline,
  catalogue: ToolCatalogue,
  stage: Pick<Stage, 'outputFaults'>,
): GivenFault[] {
  return [
    ...Object.entries(outputs).flatMap(([id, given]) => {
      const at = `/outputs/${escapePointer(id)}`;
      const found = outline.get(id);
      if (!found) return [unknownStep(at, id, outline)];
      return outputFaults(at, given, found, catalogue, stage);
    }),
    ...Object.keys(decisions).flatMap((id) => {
      const at = `/decisions/${escapePointer(id)}`;
      const found = outline.get(id);
      if (!found) return [unknownStep(at, id, outline)];
      if (found.step.step_type === 'approval') return [];
      return [{ pointer: at, detail: `"${id}" asks nobody: it is a step of type ${found.step.step_type}` }];
    }),
  ];
}

function unknownStep(pointer: string, id: string, outline: Outline): GivenFault {
  const near = findNearest(id.slice(0, 80), outline.ids);
  const hint =
    near !== undefined
      ? `did you mean "${near}"?`
      : id.includes('.') || id.includes('/')
        ? 'steps within loops are named by their own step_id; of a sub_workflow the output is given as a whole'
        : `its steps are ${outline.ids.slice(0, 20).join(', ')}`;
  return { pointer, detail: `there is no step "${id.slice(0, 80)}"; ${hint}` };
}

function outputFaults(
  at: string,
  given: Json,
  { step }: OutlinedStep,
  catalogue: ToolCatalogue,
  stage: Pick<Stage, 'outputFaults'>,
): GivenFault[] {
  const refused = REFUSED[step.step_type];
  if (refused !== undefined)
    return [{ pointer: at, detail: `a step of type ${step.step_type} is given no output; ${refused}` }];
  if (!Array.isArray(given)) return valueFaults(at, given, step, catalogue, stage);
  if (given.length === 0)
    return [{ pointer: at, detail: 'the list has no attempt; leave it out, or say [[]] for an empty list' }];
  return given.flatMap((one, index) => valueFaults(`${at}/${index}`, one, step, catalogue, stage));
}

function valueFaults(
  at: string,
  value: Json,
  step: DefinitionStep,
  catalogue: ToolCatalogue,
  stage: Pick<Stage, 'outputFaults'>,
): GivenFault[] {
  if (isFailure(value)) return [];
  const told = (message: string, hint: string) => [{ pointer: at, detail: `${message}; ${hint}` }];
  switch (step.step_type) {
    case 'condition': {
      const { met } = (value ?? {}) as { met?: unknown };
      return typeof met === 'boolean' ? [] : told('a condition gives {"met": true} or {"met": false}', 'say which');
    }
    case 'loop': {
      const { items } = (value ?? {}) as { items?: unknown };
      if (step.items === undefined || Array.isArray(items)) return [];
      return told(
        'a loop over items gives {items, count, failed, errors}',
        'give `items`, or the outputs of its steps',
      );
    }
    case 'agent_task':
    case 'tool':
    case 'api_call': {
      const isAgent = step.step_type === 'agent_task';
      const uses = isAgent ? step.agent_type : (step.tool ?? 'http.request');
      const spec = catalogue.of({ kind: isAgent ? 'agent' : 'tool', uses });
      const faults = spec ? stage.outputFaults(spec, isAgent ? step.task : undefined, value) : [];
      return faults.map(({ pointer, message }) => ({
        pointer: `${at}${pointer}`,
        detail: `${message}; it stands for what ${uses} gives back${step.output ? ', before `output` is made of it' : ''}`,
      }));
    }
    default:
      return [];
  }
}
