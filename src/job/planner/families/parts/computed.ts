import type { Draft } from '../../draft/draft';
import type { Made } from '../../draft/made';
import type { Computed, Condition, Conditions, Operator } from '../../reading';
import { Refusal } from '../../refusal';
import { textOf } from '../../grammar/slots';

const SIGNS: { [op in Operator]?: string } = { eq: '=', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' };

/** True for a value that is known only when the step runs. */
export const isComputed = (value: Condition['value']): value is Computed =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Keeps the rows for which conditions hold that compare fields with one another, or with the present moment. */
export function filterByExpression(
  draft: Draft,
  data: Made,
  conditions: readonly Condition[],
  match: Conditions['match'],
): Made {
  const parts = conditions.map((condition) => partOf(condition));
  const step = draft.add(`filter_${data.labels[0] ?? 'rows'}`, {
    uses: 'transform.jsonata',
    with: {
      input: draft.template(data),
      expression: draft.literal(`[$[${parts.join(match === 'any' ? ' or ' : ' and ')}]]`),
    },
  });
  return draft.remake(data, { form: 'data', step, path: 'value' });
}

/** A condition in JSONata. Values that are compared as sizes may be texts that say numbers, as those of a CSV are. */
function partOf({ field, op, value, at }: Condition): string {
  const sign = SIGNS[op];
  const of = nameIn(textOf(field));
  if (op === 'exists') return `$exists(${of})`;
  if (op === 'missing') return `$not($exists(${of}))`;
  if (sign === undefined || value === undefined)
    throw new Refusal(
      at,
      'this condition does not go together with one that compares fields: say it in a step of its own',
    );
  if (!isComputed(value)) {
    const text = JSON.stringify(value);
    return typeof value === 'number' ? `$number(${of}) ${sign} ${text}` : `${of} ${sign} ${text}`;
  }
  if ('sql' in value && value.jsonata === undefined)
    throw new Refusal(at, `only a database knows ${value.sql}: filter the rows of a table`);
  if ('sql' in value) return `${of} ${sign} ${value.jsonata ?? ''}`;
  const other = nameIn(value.field);
  return op === 'eq' || op === 'ne' ? `${of} ${sign} ${other}` : `$number(${of}) ${sign} $number(${other})`;
}

/** A field in JSONata, in backticks where it is no plain name. */
export const nameIn = (field: string): string =>
  field
    .split('.')
    .map((part) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? part : `\`${part}\``))
    .join('.');
