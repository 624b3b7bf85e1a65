import type { Order, OrderLine, SourcedText } from '../../schemas/order/order';
import type { OrderChange } from '../../schemas/order/corrections';
import { lineFields } from './correct';
import { dismisses } from './check';

/** Differences that a correction has made: what was read, and what stands there since. */
export function changesBetween(before: Order, after: Order): OrderChange[] {
  return [
    ...valueChanges(before.delivery, after.delivery, '/delivery'),
    ...valueChanges(before.facts, after.facts, '/facts'),
    ...fileChanges(before, after),
    ...lineChanges(before.lines, after.lines),
    ...dismissals(before, after),
  ];
}

type Values = Record<string, SourcedText | undefined>;

/** Values that are no longer those that were read; a value that a person has confirmed has changed its source. */
function valueChanges(before: Values, after: Values, path: string, line_id?: string): OrderChange[] {
  const names = Object.keys({ ...before, ...after });
  return names.flatMap((name): OrderChange[] => {
    const [read, now] = [before[name], after[name]];
    if (read?.value === now?.value && read?.source === now?.source) return [];
    return [{ kind: 'value', path: `${path}/${name}`, line_id, read, corrected: now?.value }];
  });
}

function lineChanges(before: OrderLine[], after: OrderLine[]): OrderChange[] {
  const known = new Map(before.map((line) => [line.line_id, line]));
  const changes = after.flatMap((line, i): OrderChange[] => {
    const { line_id } = line;
    const read = known.get(line_id);
    known.delete(line_id);
    const path = `/lines/${i}`;
    const values = read === line ? [] : valueChanges(fieldsOf(read), fieldsOf(line), path, line_id);
    return read ? values : [{ kind: 'line_added', path, line_id }, ...values];
  });
  const gone = before.flatMap(({ line_id }, i): OrderChange[] =>
    known.has(line_id) ? [{ kind: 'line_removed', path: `/lines/${i}`, line_id }] : [],
  );
  return [...changes, ...gone];
}

const fieldsOf = (line: OrderLine | undefined): Values =>
  Object.fromEntries(lineFields.map((field) => [field, line?.[field]]));

function fileChanges(before: Order, after: Order): OrderChange[] {
  return after.files.flatMap(({ outcome }, i): OrderChange[] =>
    outcome === before.files[i]?.outcome ? [] : [{ kind: 'file_taken', path: `/files/${i}` }],
  );
}

/** Findings that a person has accepted; their path is that of the draft in which they stood. */
function dismissals(before: Order, after: Order): OrderChange[] {
  return after.dismissed.slice(before.dismissed.length).map((one): OrderChange => {
    const at = before.anomalies.findIndex((anomaly) => dismisses(one, anomaly));
    return {
      kind: 'dismissed',
      path: at < 0 ? (one.path ?? '') : `/anomalies/${at}`,
      line_id: one.line_id,
      code: one.code,
    };
  });
}
