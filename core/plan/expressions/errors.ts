/** Reasons why an expression cannot be used. Stable: they become step failures and plan faults. */
export type ExpressionCode =
  | 'expression.parse'
  | 'expression.unknown_name'
  | 'expression.type'
  | 'expression.limit'
  | 'expression.forbidden'
  | 'expression.failed';

/** A fault before it becomes an error, with its mend and the text that it is about (shortened). */
export interface Problem {
  code: ExpressionCode;
  what: string;
  mend: string;
  expression: string;
}

/**
 * The one error that leaves this folder. A workflow must turn it into an `ApplicationFailure` with `code` as its
 * `type`, because a plain `Error` retries the workflow task for ever. The message names the fault, its place and the
 * mend.
 */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly code: ExpressionCode;
  readonly what: string;
  readonly mend: string;
  /** The part of the expression that is at fault, shortened; empty until the evaluator knows it. */
  readonly expression: string;

  constructor(problem: Problem) {
    super(messageOf(problem));
    this.code = problem.code;
    this.what = problem.what;
    this.mend = problem.mend;
    this.expression = problem.expression;
  }
}

/** Makes the error where the fault is known; the evaluator adds the expression on the way out (`withExpression`). */
export function fail(code: ExpressionCode, what: string, mend: string): ExpressionError {
  return new ExpressionError({ code, what, mend, expression: '' });
}

/** Adds the expression that an error belongs to, unless it already has one. */
export function withExpression(error: ExpressionError, expression: string): ExpressionError {
  if (error.expression !== '') return error;
  return new ExpressionError({ code: error.code, what: error.what, mend: error.mend, expression: shorten(expression) });
}

export function messageOf({ what, mend, expression }: Problem): string {
  const where = expression === '' ? '' : ` in \`${expression}\``;
  return `${what}${where}. ${mend}`;
}

/** One line of at most `length` characters: messages go into histories and prompts. */
export function shorten(text: string, length = 120): string {
  const head = text.length > length * 4 ? text.slice(0, length * 4) : text;
  const line = head.replace(/\s+/g, ' ').trim();
  return line.length > length || head.length < text.length ? `${line.slice(0, length - 1)}…` : line;
}
