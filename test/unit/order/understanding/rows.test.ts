import { bold, codes, column, error, formula, linesOf, read, shown } from './book';

const header = ['Ref', 'Description', 'Qty', 'Unit price', 'Amount'];

describe('rows of a list of ordered lines', () => {
  it('without a reference are kept and flagged', () => {
    const reading = read([header, ['A1', 'Chair', 3, 5, 15], [null, 'Table', 2, 7, 14], ['A3', 'Lamp', 1, 9, 9]]);
    expect(column(reading, 'description')).toEqual(['Chair', 'Table', 'Lamp']);
    expect(reading.anomalies.map(({ code, line_id, severity }) => [code, line_id, severity])).toEqual([
      ['line.reference_missing', 'L2', 'warning'],
    ]);
  });

  it('without a quantity are kept and flagged', () => {
    const reading = read([
      header,
      ['A1', 'Chair', 3, 5, 15],
      ['A2', 'Table', null, 7, null],
      ['A3', 'Lamp', 1, 9, 9],
      ['A4', 'Rug', 1, 9, 9],
      ['A5', 'Bed', 1, 9, 9],
    ]);
    expect(column(reading, 'reference')).toEqual(['A1', 'A2', 'A3', 'A4', 'A5']);
    expect(reading.anomalies.map(({ code, line_id }) => [code, line_id])).toEqual([['line.quantity_missing', 'L2']]);
  });

  it('with a zero are not lines, and reported', () => {
    const reading = read([
      header,
      ['A1', 'Chair', 3, 5, 15],
      ['A2', 'Table', 0, 7, 0],
      ['A3', 'Lamp', 1, 9, 9],
      ['A4', 'Rug', 1, 9, 9],
      ['A5', 'Bed', 1, 9, 9],
    ]);
    expect(column(reading, 'reference')).toEqual(['A1', 'A3', 'A4', 'A5']);
    expect(codes(reading)).toEqual(['line.quantity_zero']);
  });

  it.each([
    ['ca. 10', 'line.quantity_unreadable'],
    ['2-3', 'line.quantity_unreadable'],
    ['x', 'line.quantity_unreadable'],
    ['3 cartons de 6', 'line.quantity_uncertain'],
    ['50 %', 'line.quantity_unreadable'],
    [-4, 'line.quantity_negative'],
    ['(4)', 'line.quantity_negative'],
    ['4-', 'line.quantity_negative'],
    [2.5, 'line.quantity_fractional'],
    [5_000_000, 'line.quantity_absurd'],
    [error('#VALUE!'), 'line.value_error'],
    [formula('VLOOKUP(A2,Z:Z,2)'), 'line.formula_unknown'],
    ['1,234', 'line.number_ambiguous'],
  ])('with the quantity %j report %s', (quantity, code) => {
    const reading = read([
      ['Ref', 'Description', 'Qty'],
      ['A1', 'Chair', 3],
      ['A2', 'Table', quantity],
      ['A3', 'Lamp', 1],
      ['A4', 'Rug', 1],
    ]);
    expect(column(reading, 'reference')).toEqual(['A1', 'A2', 'A3', 'A4']);
    expect(reading.anomalies.filter(({ line_id }) => line_id === 'L2').map((each) => each.code)).toContain(code);
  });

  it('that are hidden count, and are reported', () => {
    const reading = read([header, ['A1', 'Chair', 3, 5, 15], ['A2', 'Table', 2, 7, 14]], { hiddenRows: [3] });
    expect(reading.lines).toHaveLength(2);
    expect(codes(reading)).toEqual(['line.hidden']);
  });

  it('with the same reference are both kept and flagged', () => {
    const reading = read([header, ['A1', 'Chair', 3, 5, 15], ['A1', 'Chair', 2, 5, 10]]);
    expect(reading.anomalies.map(({ code, evidence }) => [code, evidence.map(({ cell }) => cell)])).toEqual([
      ['line.reference_duplicate', ['A2', 'A3']],
    ]);
  });

  it('whose figures do not multiply are flagged', () => {
    const reading = read([header, ['A1', 'Chair', 3, 5, 15], ['A2', 'Table', 2, 7, 15]]);
    expect(reading.anomalies.map(({ code, line_id }) => [code, line_id])).toEqual([['line.amount_mismatch', 'L2']]);
  });

  it('continue below with the rest of a description', () => {
    const reading = read([header, ['A1', 'Chair', 3, 5, 15], [null, '+ arms, black'], ['A2', 'Table', 2, 7, 14]]);
    expect(column(reading, 'description')).toEqual(['Chair + arms, black', 'Table']);
    expect(codes(reading)).toEqual([]);
  });

  it('of sections, comments and numbered but empty rows are not lines', () => {
    const reading = read([
      ['No', 'Ref', 'Description', 'Qty', 'Unit price', 'Amount'],
      [bold('CHAIRS')],
      [1, 'A1', 'Chair', 3, 5, 15],
      [null, null, 'Please deliver in the morning'],
      [2, 'A2', 'Table', 2, 7, 14],
      [3, null, null, null, null, 0],
      [4, null, null, null, null, 0],
    ]);
    expect(column(reading, 'reference')).toEqual(['A1', 'A2']);
    expect(codes(reading)).toEqual([]);
    expect(reading.remarks?.map(({ text }) => text)).toEqual(['Please deliver in the morning']);
  });

  it('with a product named like a total are lines', () => {
    const reading = read([
      header,
      ['A1', 'Total station Leica', 3, 5, 15],
      ['A2', 'Transport box', 2, 7, 14],
      ['A3', 'Discount card', 1, 9, 9],
    ]);
    expect(reading.lines).toHaveLength(3);
    expect(codes(reading)).toEqual([]);
  });

  it('that are not understood are reported with their cells', () => {
    const reading = read([header, ['A1', 'Chair', 3, 5, 15], [null, null, 77], ['A2', 'Table', 2, 7, 14]]);
    expect(reading.lines).toHaveLength(2);
    expect(reading.anomalies.map(({ code, evidence }) => [code, evidence[0]?.cell])).toEqual([['rows.skipped', 'C3']]);
  });

  it('merged over several rows share their reference', () => {
    const reading = read(
      [
        ['Ref', 'Colour', 'Qty'],
        ['A1', 'red', 3],
        [null, 'blue', 4],
        ['A2', 'red', 5],
      ],
      { merges: ['A2:A3'] },
    );
    expect(linesOf(reading)).toEqual([
      { reference: 'A1', variant: 'red', quantity: '3' },
      { reference: 'A1', variant: 'blue', quantity: '4' },
      { reference: 'A2', variant: 'red', quantity: '5' },
    ]);
  });
});

describe('a catalogue form', () => {
  it('has lines where a quantity is filled in, and is silent on the rest', () => {
    const rows = Array.from({ length: 200 }, (_, index) => [
      `P${1000 + index}`,
      `Product ${index}`,
      12,
      2.5,
      index % 40 === 0 ? 6 : index % 3 === 0 ? 0 : null,
      index % 40 === 0 ? 15 : 0,
    ]);
    const reading = read([['Code', 'Product', 'Stock', 'Price', 'Order qty', 'Amount'], ...rows]);
    expect(column(reading, 'reference')).toEqual(['P1000', 'P1040', 'P1080', 'P1120', 'P1160']);
    expect(codes(reading)).toEqual([]);
  });
});

describe('totals', () => {
  it('of sections and of everything are compared with the lines that they cover', () => {
    const reading = read([
      header,
      ['Chairs'],
      ['A1', 'Chair', 3, 5, 15],
      ['A2', 'Stool', 2, 7, 14],
      ['Sous-total', null, 5, null, 29],
      ['Tables'],
      ['A3', 'Table', 1, 50, 50],
      ['Sous-total', null, 1, null, 50],
      ['Total général', null, 6, null, 79],
    ]);
    expect(reading.lines).toHaveLength(3);
    expect(codes(reading)).toEqual([]);
    expect(reading.totals.map(({ value, covers }) => [value, covers.join()])).toEqual([
      ['5', 'L1,L2'],
      ['29', 'L1,L2'],
      ['1', 'L3'],
      ['50', 'L3'],
      ['6', 'L1,L2,L3'],
      ['79', 'L1,L2,L3'],
    ]);
  });

  it('that are wrong are flagged with their cell', () => {
    const reading = read([
      header,
      ['A1', 'Chair', 3, 5, 15],
      ['A2', 'Stool', 2, 7, 14],
      [null, 'Total', null, null, 30],
    ]);
    expect(reading.anomalies.map(({ code, evidence }) => [code, evidence[0]?.cell])).toEqual([
      ['total.mismatch', 'E4'],
    ]);
  });

  it('with discount, shipping and tax add up', () => {
    const reading = read([
      header,
      ['A1', 'Chair', 3, 5, 15],
      ['A2', 'Stool', 2, 7, 14],
      [null, 'Sous-total', null, null, 29],
      [null, 'Remise', null, null, -4],
      [null, 'Frais de port', null, null, 10],
      [null, 'Total HT', null, null, 35],
      [null, 'TVA 20%', null, null, 7],
      [null, 'Total TTC', null, null, 42],
    ]);
    expect(reading.lines).toHaveLength(2);
    expect(codes(reading)).toEqual([]);
    expect(reading.totals.map(({ kind }) => kind)).toEqual(['net', 'discount', 'shipping', 'net', 'tax', 'gross']);
  });

  it('carried over to the next page are not lines', () => {
    const reading = read([
      header,
      ['A1', 'Chair', 3, 5, 15],
      [null, 'À reporter', null, null, 15],
      [null, 'Report', null, null, 15],
      ['A2', 'Stool', 2, 7, 14],
      [null, 'Total', null, null, 29],
    ]);
    expect(reading.lines).toHaveLength(2);
    expect(codes(reading)).toEqual([]);
  });

  it('without a label are recognised by their sums', () => {
    const reading = read([header, ['A1', 'Chair', 3, 5, 15], ['A2', 'Stool', 2, 7, 14], [null, null, 5, null, 29]]);
    expect(reading.lines).toHaveLength(2);
    expect(codes(reading)).toEqual([]);
  });
});

describe('discounts', () => {
  it.each([
    ['10%', '10'],
    [10, '10'],
    [shown(0.1, '10%'), '10'],
    [0.1, '10'],
  ])('written as %j are in percent', (discount, expected) => {
    const reading = read([
      ['Ref', 'Description', 'Qty', 'Price', 'Disc. %', 'Amount'],
      ['A1', 'Chair', 10, 5, discount, 45],
      ['A2', 'Stool', 20, 7, discount, 126],
      ['A3', 'Bed', 3, 100, discount, 270],
    ]);
    expect(column(reading, 'discount_percent')).toEqual([expected, expected, expected]);
    expect(codes(reading)).toEqual([]);
  });
});
