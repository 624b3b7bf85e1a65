/**
 * Expressions in plan values: `${{ … }}` holding CEL. Pure, deterministic and bounded, for workflows and activities.
 *
 * The CEL library only parses; evaluation is our own. Its evaluator counts nothing and does not let its operators and
 * macros be replaced, so `==`, `in`, `+`, `join` and the loops could not be bounded from outside.
 *
 * Rules
 * - `"${{ x }}"` and nothing else keeps the type; with text around it the value is written into the text (null as
 *   nothing, objects and lists as JSON). To write the signs themselves, use `${{ "${{" }}` (see `escapeTemplate`). A
 *   backslash or a dollar before an expression is an ordinary character (`$${{ price }}` is `$12`). Keys are not
 *   evaluated.
 * - There is one kind of number, the JSON number: `5 / 2` is 2.5, `4 / 2` is 2, `1 == 1.0`; `int(x)` cuts. Division by
 *   zero, whole numbers beyond 2^53, NaN and Infinity are errors. This differs from CEL, where `5 / 2` is 2: JSON
 *   cannot say whether its 5 is an int.
 * - A name or field that does not exist is an error. `has(a.b.c)` asks for the whole path, `default(a.b, 0)` replaces a
 *   missing or null value, `a.?b.orValue(0)` is CEL's own way.
 * - Only own fields of data can be read, and `__proto__`, `constructor` and `prototype` cannot be written as keys.
 * - `steps` must be followed by a literal id (`steps.a`, `steps["a-b"]`), because dependencies are read from the text.
 * - `secrets.NAME` stands alone in its expression, and only in arguments of a tool that takes secrets; the tool runtime
 *   puts the value there as it calls.
 * - Values of different kinds are unequal, and cannot be ordered or added. `||` and `&&` may outvote an error, as in
 *   CEL.
 * - Functions work as `f(x)` and `x.f()`: string int double bool json bytes size; lower upper lowerAscii upperAscii
 *   trim contains startsWith endsWith indexOf lastIndexOf substring split join replace; abs floor ceil round sum min
 *   max; timestamp duration getFullYear getMonth getDate getDayOfMonth getDayOfWeek getDayOfYear getHours getMinutes
 *   getSeconds getMilliseconds (UTC only); orValue hasValue. Macros: has default cel.bind all exists exists_one map
 *   filter.
 * - Bounds: see `LIMITS`. Beyond one of them the error is `expression.limit`.
 */
export { Budget, LIMITS } from './budget';
export { check, references, secretsIn, type Fault } from './check';
export { compile } from './compile';
export { ExpressionError, type ExpressionCode } from './errors';
export { condition, evaluate, test } from './run';
export type { Node, Reference } from './syntax';
export {
  bareExpression,
  escapeTemplate,
  parseTemplate,
  parseText,
  render,
  type EvaluateOptions,
  type Template,
} from './template';
export type { Json } from './values';
