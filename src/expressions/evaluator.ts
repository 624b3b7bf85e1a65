import type { JsonObject } from '../../schemas/json';
import type { ChildLimits } from '../reading/child/limits';
import { warmth } from '../reading/child/limits';
import { createChildren } from '../reading/child/runner';
import { SpreadsheetError } from '../spreadsheets/errors';
import { TransformError } from '../transform/errors';
import { EXPRESSION_TIME } from '../transform/schema';
import type { ExpressionFault, Question } from './realm';

/** Evaluates expressions of users. */
export interface Evaluator {
  /**
   * Values by the names of their expressions, one row for each item, or one for the input.
   * @throws TransformError `bad_expression` with the position, `timeout`, `too_large`; the signal's reason
   */
  evaluate(question: Question, signal?: AbortSignal): Promise<JsonObject[]>;
  /** Ends the children. */
  close(): void;
}

export const expressionLimits: ChildLimits = {
  // the expression's own time counts; this is for what comes before and after
  time: EXPRESSION_TIME.most + 30_000,
  heapMb: 512,
  memoryMb: 800,
  answer: 64 * 1024 * 1024,
  parallel: 2,
  ...warmth,
};

/** An evaluator in children: neither an endless loop nor a full memory harms this process. */
export function createEvaluator(limits: ChildLimits = expressionLimits): Evaluator {
  const children = createChildren(limits);
  return {
    close: children.close,
    async evaluate(question, signal) {
      const answer = await children.run('expression', question, signal).catch((error: unknown) => {
        throw error instanceof SpreadsheetError ? limitOf(error, limits) : error;
      });
      if ('rows' in answer) return answer.rows;
      if ('fault' in answer) throw expressionError(answer.fault, question);
      const message = `the expression had no result after ${answer.timeout} ms: say timeout, or look for a loop`;
      throw new TransformError('timeout', message);
    },
  };
}

function limitOf({ code }: SpreadsheetError, { time, heapMb }: ChildLimits): TransformError {
  if (code === 'too_slow') return new TransformError('timeout', `the expression had no result after ${time} ms`);
  return new TransformError(
    'too_large',
    `the expression took more than ${heapMb} MB of memory, or its result is too large`,
  );
}

/** Letters of an expression that are shown around a fault. */
const AROUND = 20;

function expressionError({ message, code, name, item, position }: ExpressionFault, { expressions }: Question) {
  const text = (name !== null && Object.hasOwn(expressions, name) && expressions[name]) || '';
  const near = position === null ? '' : text.slice(Math.max(0, position - AROUND), position + AROUND);
  const where = [
    Object.keys(expressions).length > 1 && name !== null && ` ${JSON.stringify(name)}`,
    position !== null && ` at letter ${position}, near ${JSON.stringify(near)}`,
    item !== null && `, item ${item + 1}`,
  ];
  return new TransformError(
    'bad_expression',
    `the expression${where.filter(Boolean).join('')}: ${message}${code ? ` (${code})` : ''}`,
    { ...(name === null ? {} : { name }), ...(item === null ? {} : { item }), position, code },
  );
}
