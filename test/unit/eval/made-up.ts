import type { Anomaly, OrderLine, Provenance } from '../../../schemas/order/order';
import { columnName } from '../../eval/corpus/book';
import { fields, type Case, type Flag, type GoldenLine } from '../../eval/corpus/golden';
import { wants } from '../../eval/scoring/match';
import type { Reading } from '../../eval/scoring/score';

/** A reading that says exactly what the golden answer says: what the scorer must find nothing wrong with. */
export function perfectReading({ golden, file }: Case): Reading {
  if (golden.outcome !== 'order') {
    const reason = { code: golden.reasons[0]!, message: { en: '', fr: '' } };
    return {
      outcome: golden.outcome,
      reason,
      lines: [],
      facts: {},
      anomalies: golden.must.map((flag) => anomalyOf(file, flag)),
    };
  }
  return {
    outcome: 'order',
    lines: golden.lines.map((line, index) => lineOf(file, line, `L${index + 1}`)),
    facts: Object.fromEntries(
      Object.entries(golden.facts).map(([name, want]) => [
        name,
        { value: wants(want)[0]!, source: 'file', confidence: 1 },
      ]),
    ),
    anomalies: golden.must.map((flag) => anomalyOf(file, flag)),
  };
}

function lineOf(file: string, golden: GoldenLine, line_id: string): OrderLine {
  const from: Provenance = { file, sheet: golden.sheet, cell: `${columnName(golden.column ?? 1)}${golden.row}` };
  const line: OrderLine = { line_id };
  for (const field of fields) {
    const value = field === 'ean' && golden.code !== undefined ? golden.code : wants(golden.values[field])[0];
    if (value != null) line[field] = { value, source: 'file', from, confidence: 1 };
  }
  // a line without a quantity still tells its row
  line.note = { value: '', source: 'file', from, confidence: 1 };
  return line;
}

export function anomalyOf(
  file: string,
  { code, sheet, rows }: Flag,
  severity: Anomaly['severity'] = 'warning',
): Anomaly {
  const at = sheet === undefined ? { file } : { file, sheet };
  const evidence = rows ? rows.map((row) => ({ ...at, cell: `A${row}` })) : [at];
  return { code, severity, message: { en: code, fr: code }, evidence };
}
