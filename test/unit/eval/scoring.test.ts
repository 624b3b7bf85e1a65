import type { OrderLine } from '../../../schemas/order/order';
import type { Case } from '../../eval/corpus/golden';
import { report } from '../../eval/scoring/report';
import { score, type Failure, type Reading } from '../../eval/scoring/score';
import { passes, summarize } from '../../eval/scoring/summary';
import { corpus } from '../../eval/traits';
import { anomalyOf, perfectReading } from './made-up';

const seed = 20_260_105;
const caseOf = (trait: string, variant = 0): Case => corpus(seed, [trait])[variant]!;
const kinds = (failures: Failure[]) => failures.map(({ kind, silent }) => (silent ? `${kind}!` : kind));

/** The failures of a perfect reading after one change. */
function after(one: Case, change: (reading: Reading) => void): string[] {
  const reading = perfectReading(one);
  change(reading);
  return kinds(score(one, reading).failures);
}
const set = (line: OrderLine, field: 'quantity' | 'reference' | 'unit_price', value: string) => {
  line[field] = { ...line[field]!, value };
};

describe('the scorer', () => {
  const plain = caseOf('language');

  it('finds nothing wrong with a reading that says what the golden answer says, for every workbook', () => {
    const scores = corpus(seed).map((one) => score(one, perfectReading(one)));
    expect(scores.flatMap(({ failures }) => failures).filter(({ kind }) => kind !== 'provenance')).toEqual([]);
    const all = summarize('in all', scores);
    expect(all).toMatchObject({ wrong_unflagged: 0, precision: 1, recall: 1, f1: 1, missing_flags: 0, false_flags: 0 });
    expect(all.orders_without_correction).toBe(all.orders);
    expect(passes(all, [all])).toBe(true);
  });

  it('finds a wrong quantity, and that nothing said so', () => {
    expect(after(plain, ({ lines }) => set(lines[2]!, 'quantity', '999'))).toEqual(['value!']);
  });

  it('takes a wrong quantity as flagged where its line is in doubt for it, and the flag as a false one', () => {
    const found = after(plain, ({ lines, anomalies }) => {
      set(lines[2]!, 'quantity', '999');
      anomalies.push({ ...anomalyOf('', { code: 'line.quantity_absurd' }), line_id: lines[2]!.line_id });
    });
    expect(found).toEqual(['value', 'false flag']);
  });

  it('lets no flag about another field, another line or the sums excuse a wrong value', () => {
    for (const [code, line] of [
      ['line.unit_unknown', 2],
      ['line.quantity_absurd', 3],
      ['total.mismatch', undefined],
    ] as const) {
      const found = after(plain, ({ lines, anomalies }) => {
        set(lines[2]!, 'quantity', '999');
        anomalies.push({
          ...anomalyOf('', { code }),
          ...(line === undefined ? {} : { line_id: lines[line]!.line_id }),
        });
      });
      expect(found).toContain('value!');
    }
  });

  it('finds a line that is missing, and sees where its row was named', () => {
    expect(after(plain, ({ lines }) => lines.splice(1, 1))).toEqual(['missing line!']);
    const row = plain.golden.lines[1]!.row;
    const named = after(plain, ({ lines, anomalies }) => {
      lines.splice(1, 1);
      anomalies.push(anomalyOf('', { code: 'rows.skipped', sheet: plain.golden.lines[1]!.sheet, rows: [row] }));
    });
    expect(named).toEqual(['missing line', 'false flag']);
  });

  it('finds a line that should not be there, and sees where a person is stopped by it', () => {
    const total: OrderLine = { line_id: 'L99', description: { value: 'Total', source: 'file', confidence: 1 } };
    expect(after(plain, ({ lines }) => lines.push(total))).toEqual(['extra line!']);
    const stopped = after(plain, ({ lines, anomalies }) => {
      lines.push(total);
      anomalies.push({ ...anomalyOf('', { code: 'line.quantity_missing' }, 'blocking'), line_id: 'L99' });
    });
    expect(stopped).toEqual(['extra line', 'false flag']);
  });

  it('finds two lines whose quantities were exchanged', () => {
    const found = after(plain, ({ lines }) => {
      set(lines[0]!, 'quantity', '7001');
      set(lines[1]!, 'quantity', '7002');
    });
    expect(found).toEqual(['value!', 'value!']);
  });

  it('finds a value where none should be, and superfluous zeros', () => {
    expect(after(plain, ({ lines }) => (lines[0]!.unit = { value: 'kg', source: 'file', confidence: 1 }))).toEqual([
      'value!',
    ]);
    expect(after(plain, ({ lines }) => set(lines[0]!, 'quantity', `${lines[0]!.quantity!.value}.0`))).toEqual([
      'value!',
    ]);
  });

  it('finds an ISBN that lost its digits, and takes the whole one as reference or as ean', () => {
    const isbn = caseOf('isbn');
    const asReference = after(isbn, ({ lines }) => {
      for (const line of lines) Object.assign(line, { reference: line.ean, ean: undefined });
    });
    expect(asReference).toEqual([]);
    const lost = after(isbn, ({ lines }) => {
      lines[0]!.ean = { ...lines[0]!.ean!, value: '9.78E+12' };
    });
    expect(lost).toEqual(['value!']);
  });

  it('finds a flag that is missing: in silence where the value itself is no good', () => {
    const none = (reading: Reading) => (reading.anomalies = []);
    expect(new Set(after(caseOf('damaged-codes'), none))).toEqual(new Set(['missing flag!']));
    expect(after(caseOf('quantity-negative'), none)).toEqual(['missing flag!']);
    expect(after(caseOf('quantity-absurd'), none)).toEqual(['missing flag']);
    expect(after(caseOf('totals-wrong'), none)).toEqual(['missing flag']);
  });

  it('takes a flag on another row for a false one and the right one for missing', () => {
    const one = caseOf('quantity-absurd');
    const found = after(one, ({ anomalies }) => (anomalies[0]!.evidence[0]!.cell = 'A999'));
    expect(found.sort()).toEqual(['false flag', 'missing flag']);
  });

  it('finds an order that is taken for a price list, and a price list that is taken for an order', () => {
    const reason = (code: string) => ({ code, message: { en: '', fr: '' } });
    const lost = after(plain, (reading) =>
      Object.assign(reading, { outcome: 'not_an_order', reason: reason('price_list'), lines: [] }),
    );
    expect(lost).toContain('outcome!');
    const list = caseOf('price-list');
    const lines = perfectReading(plain).lines.slice(0, 1);
    expect(after(list, (reading) => Object.assign(reading, { outcome: 'order', lines }))).toEqual([
      'outcome',
      'extra line!',
    ]);
    expect(after(list, (reading) => Object.assign(reading, { reason: reason('empty') }))).toEqual(['outcome']);
  });

  it('counts an order as one to correct when an unexpected flag blocks it', () => {
    const reading = perfectReading(plain);
    reading.anomalies.push(anomalyOf('', { code: 'columns.uncertain' }, 'blocking'));
    expect(score(plain, reading).clean).toBe(false);
    expect(score(plain, perfectReading(plain)).clean).toBe(true);
  });

  it('fails the whole below the floor of F1 even where every fault is flagged', () => {
    const scores = [score(plain, { ...perfectReading(plain), outcome: 'refused', lines: [] })];
    expect(summarize('', scores)).toMatchObject({ wrong_unflagged: 0, recall: 0 });
    expect(passes(summarize('', scores), [])).toBe(false);
  });

  it('lets no file with very many lines outweigh the others', () => {
    const large = score(caseOf('large'), perfectReading(caseOf('large')));
    const lost = score(plain, { ...perfectReading(plain), outcome: 'refused', lines: [] });
    const result = report(seed, [large, lost]);
    expect(result.all.f1).toBeGreaterThan(0.98);
    expect(result.passed).toBe(false);
  });
});
