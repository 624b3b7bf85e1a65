import type { Anomaly, Provenance } from '../../../schemas/order/order';

/** Lines up to which an anomaly of one kind is told for each of them. */
const SINGLE = 3;
/** Cells that a joint anomaly shows. */
const SHOWN = 10;

/** Joins the anomalies of one kind on many lines into one, with their number and the first cells. */
export function groupAnomalies(anomalies: readonly Anomaly[]): Anomaly[] {
  const groups = new Map<string, Anomaly[]>();
  for (const one of anomalies) {
    const key = keyOf(one);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const told = new Set<string>();
  return anomalies.flatMap((one) => {
    const key = keyOf(one);
    const group = key === undefined ? undefined : groups.get(key);
    if (key === undefined || !group || linesOf(group).length <= SINGLE) return [one];
    if (told.has(key)) return [];
    told.add(key);
    return [joined(group)];
  });
}

const keyOf = ({ code, severity, line_id, line_ids }: Anomaly): string | undefined =>
  line_id === undefined && line_ids === undefined ? undefined : `${code} ${severity}`;

/** Lines that anomalies are about. */
const linesOf = (group: readonly Anomaly[]): string[] => [
  ...new Set(group.flatMap(({ line_id, line_ids = [] }) => (line_id === undefined ? line_ids : [line_id]))),
];

function joined(group: readonly Anomaly[]): Anomaly {
  const [first] = group as [Anomaly];
  const line_ids = linesOf(group);
  const same = group.every(({ message }) => message.en === first.message.en);
  const count = line_ids.length;
  const evidence: Provenance[] = [];
  for (const { evidence: cells } of group) {
    const room = SHOWN - evidence.length;
    if (room <= 0) break;
    evidence.push(...cells.slice(0, group.length > 1 ? 1 : room));
  }
  const { code, severity, suggestion } = first;
  return {
    code,
    severity,
    message: same
      ? { en: `${count} lines: ${first.message.en}`, fr: `${count} lignes : ${first.message.fr}` }
      : {
          en: `${count} lines, such as: ${first.message.en}`,
          fr: `${count} lignes, par exemple : ${first.message.fr}`,
        },
    line_ids,
    evidence,
    ...(suggestion ? { suggestion } : {}),
  };
}
