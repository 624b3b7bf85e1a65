import type { Anomaly } from '../../schemas/order/order';

/** The anomaly about the lines of which it holds; undefined where it is about lines and holds of none of them. */
export function aboutLines(anomaly: Anomaly, holds: (lineId: string) => boolean): Anomaly | undefined {
  const { line_id, line_ids } = anomaly;
  if (!line_ids) return line_id === undefined || holds(line_id) ? anomaly : undefined;
  const left = line_ids.filter(holds);
  if (left.length === 0) return undefined;
  return left.length === line_ids.length ? anomaly : { ...anomaly, line_ids: left };
}
