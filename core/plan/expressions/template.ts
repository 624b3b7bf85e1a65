import { Budget, LIMITS } from './budget';
import { compile } from './compile';
import { ExpressionError, fail, withExpression, shorten, type Problem } from './errors';
import { runCompiled } from './evaluate';
import { Size, toJson, toText } from './json';
import { expressionEnd } from './scan';
import { setOwn, type Json } from './values';

const OPEN = '${{';
const CLOSE = '}}';

/** Text cut at its expressions. `whole` if it is one expression and nothing else: its result then keeps its type. */
export interface TextTemplate {
  parts: (string | { source: string })[];
  whole: boolean;
  problem?: Problem;
}

/** An expression or a problem, with its place (JSON Pointer into the value). */
export type Placed = { pointer: string; source: string; problem?: undefined } | { pointer: string; problem: Problem };

/** Every expression of a plan value, in order. */
export interface Template {
  expressions: { pointer: string; source: string }[];
  problems: { pointer: string; problem: Problem }[];
}

/** Options of an evaluation; several may share a budget, which can be read afterwards (`budget.steps`). */
export interface EvaluateOptions {
  budget?: Budget;
  /** characters of the rendered value, where it is rendered outside of a workflow */
  size?: number;
}

/**
 * Finds the expressions of any JSON value without evaluating them. Keys of objects are literal: an expression in one is
 * a problem. Never throws.
 */
export function parseTemplate(value: Json): Template {
  const template: Template = { expressions: [], problems: [] };
  let characters = 0;
  for (const found of findExpressions(value, '', 0)) {
    if (found.problem) {
      template.problems.push({ pointer: found.pointer, problem: found.problem });
      continue;
    }
    characters += found.source.length;
    if (characters > LIMITS.sources) {
      template.problems.push({ pointer: found.pointer, problem: tooMuchSource() });
      break;
    }
    template.expressions.push({ pointer: found.pointer, source: found.source });
  }
  return template;
}

/**
 * Evaluates every expression of a plan value against the scope: `"${{ steps.a.output.n + 1 }}"` becomes 3, `"Hello ${{
 * input.name }}!"` becomes text. Everything else stays as it is. One budget for the whole value.
 *
 * @returns JSON that may share structure with the scope: do not change it.
 * @throws ExpressionError with any code.
 */
export function render(value: Json, scope: Record<string, Json>, options: EvaluateOptions = {}): Json {
  return renderValue(
    value,
    { scope, budget: options.budget ?? new Budget(), size: new Size(options.size), sources: 0 },
    0,
  );
}

/** Template that renders to a text in which `${{` is ordinary text. */
export function escapeTemplate(text: string): string {
  return text.replaceAll(OPEN, '${{ "${{" }}');
}

/** Cuts a text at its expressions. */
export function parseText(text: string): TextTemplate {
  const parts: TextTemplate['parts'] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf(OPEN, at);
    if (start < 0) break;
    if (start > at) parts.push(text.slice(at, start));
    const end = expressionEnd(text, start + OPEN.length);
    if (end < 0) return { parts, whole: false, problem: unclosed(text.slice(start)) };
    parts.push({ source: text.slice(start + OPEN.length, end).trim() });
    at = end + CLOSE.length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return { parts, whole: parts.length === 1 && typeof parts[0] === 'object' };
}

/** Source of an expression, bare or as `${{ x }}`. */
export function bareExpression(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith(OPEN)) return trimmed;
  const { parts, whole } = parseText(trimmed);
  const [part] = parts;
  return whole && typeof part === 'object' ? part.source : trimmed;
}

interface Rendering {
  scope: Record<string, Json>;
  budget: Budget;
  size: Size;
  sources: number;
}

function renderValue(value: Json, rendering: Rendering, depth: number): Json {
  if (typeof value === 'string') return renderText(value, rendering);
  if (value === null || typeof value !== 'object') return toJson(value, rendering.size);
  if (depth >= LIMITS.templateDepth) throw new ExpressionError(tooDeep());
  rendering.size.add(2);
  if (Array.isArray(value)) return value.map((item) => renderValue(item, rendering, depth + 1));
  const rendered: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    rendering.size.add(key.length + 3);
    setOwn(rendered, key, renderValue(value[key] as Json, rendering, depth + 1));
  }
  return rendered;
}

function renderText(text: string, rendering: Rendering): Json {
  if (!text.includes(OPEN)) {
    rendering.size.add(text.length + 2);
    return text;
  }
  const { parts, whole, problem } = parseText(text);
  if (problem) throw new ExpressionError(problem);
  if (whole) return renderPart(parts[0] as { source: string }, rendering, (result) => toJson(result, rendering.size));
  const pieces = parts.map((part) => {
    const piece =
      typeof part === 'string' ? part : renderPart(part, rendering, (result) => toText(result, rendering.budget));
    rendering.size.add(piece.length);
    return piece;
  });
  return pieces.join('');
}

function renderPart<T>(
  { source }: { source: string },
  rendering: Rendering,
  leave: (result: ReturnType<typeof runCompiled>) => T,
): T {
  rendering.sources += source.length;
  if (rendering.sources > LIMITS.sources) throw new ExpressionError(tooMuchSource());
  return quoteOnError(source, () => leave(runCompiled(compile(source), rendering.scope, rendering.budget)));
}

/** Runs the work; errors without an expression, such as a result too large, get this one. */
export function quoteOnError<T>(source: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExpressionError) throw withExpression(error, source);
    throw error;
  }
}

function* findExpressions(value: Json, pointer: string, depth: number): Generator<Placed> {
  if (typeof value === 'string') {
    if (!value.includes(OPEN)) return;
    const { parts, problem } = parseText(value);
    for (const part of parts) if (typeof part === 'object') yield { pointer, source: part.source };
    if (problem) yield { pointer, problem };
  } else if (value !== null && typeof value === 'object') {
    if (depth >= LIMITS.templateDepth) {
      yield { pointer, problem: tooDeep() };
      return;
    }
    for (const key of Object.keys(value)) {
      const inner = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (!Array.isArray(value) && key.includes(OPEN)) yield { pointer: inner, problem: expressionInKey(key) };
      yield* findExpressions((value as Record<string, Json>)[key] as Json, inner, depth + 1);
    }
  }
}

function unclosed(text: string): Problem {
  const what = 'The expression has no end';
  const mend =
    'Close it with }} and check its quotes and braces; to write the three signs themselves, use ${{ "${{" }}';
  return { code: 'expression.parse', what, mend, expression: shorten(text) };
}

function expressionInKey(key: string): Problem {
  const what = 'Keys of objects are not evaluated';
  const mend = 'Build the object in an expression: `${{ {key: value} }}`';
  return { code: 'expression.parse', what, mend, expression: shorten(key) };
}

function tooDeep(): Problem {
  const what = `The value nests deeper than ${LIMITS.templateDepth}`;
  return { code: 'expression.limit', what, mend: 'Flatten it', expression: '' };
}

function tooMuchSource(): Problem {
  const { code, what, mend } = fail(
    'expression.limit',
    `The expressions of one value are longer than ${LIMITS.sources} characters together`,
    'Split it over several steps',
  );
  return { code, what, mend, expression: '' };
}
