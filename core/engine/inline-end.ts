import type { Json } from '../../schemas/json';
import type { Value } from '../../schemas/refs';
import type { Scope } from '../../schemas/step-call';
import { ExpressionError } from '../plan/expressions';
import type { Interpreter } from './interpreter';
import type { Job, JobEnd } from './job';
import { Gathering, listOf, piecesOf } from './lists';
import { renderInline } from './scope';
import type { StepTable } from './table';

/** A job that follows from values alone. */
export type PlainJob = Extract<Job, { do: 'condition' | 'list' | 'gather' | 'open' | 'close' }>;

/**
 * The end of such a job, where every value is inline: for a plan that is followed within one process. A fault of an
 * expression is the step's.
 */
export function inlineEnd(job: PlainJob, interpreter: Interpreter, table: StepTable): JobEnd {
  try {
    return endOf(job, interpreter, table);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { failed: { type: error.code, message: error.message } };
  }
}

function endOf(job: PlainJob, interpreter: Interpreter, table: StepTable): JobEnd {
  const { step } = job;
  switch (job.do) {
    case 'condition':
      return { holds: rendered(job.when, interpreter.scope(step, step.needs)) === true };
    case 'list': {
      const made = listOf(rendered(job.list, interpreter.scope(step, step.needs)));
      return 'failed' in made ? made : { listed: { count: made.count, list: { inline: made.list } } };
    }
    case 'gather':
      return job.error ? { failed: job.error } : gather(table, job);
    case 'open':
      return { opened: true };
    case 'close': {
      if (job.error) return { failed: job.error };
      const template = 'inline' in step.with ? step.with.inline : {};
      return { output: { inline: rendered(template, interpreter.scope(step, job.reads)) } };
    }
  }
}

const rendered = (template: Json, scope: Scope): Json => renderInline(template, scope)?.value ?? null;

function gather(table: StepTable, { step, part }: Extract<Job, { do: 'gather' }>): JobEnd {
  const gathering = new Gathering(part);
  for (const piece of piecesOf(table, step.id, part)) {
    const fault =
      'kept' in piece
        ? gathering.addPart(inline(piece.kept) ?? { items: [], errors: [] })
        : gathering.add(inline(piece.output) ?? null, piece.error);
    if (fault) return fault;
  }
  if (part === undefined) return { gathered: { inline: gathering.output } };
  const { file } = gathering;
  return { part, gatheredPart: { kept: { inline: file }, failed: file.errors.length } };
}

const inline = <T>(value: Value<T> | undefined): T | undefined =>
  value && 'inline' in value ? value.inline : undefined;
