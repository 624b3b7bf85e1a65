import { codes, column, read } from './book';

describe('a file of records that say in their first field what they are', () => {
  it('gives its detail records as lines, by whatever names it calls them', () => {
    const reading = read([
      ['Kopf', 'BE-2026-311', '12.05.2026', 'Bäckerei Huber'],
      ['Pos', '10', '4401', 'Weizenmehl 550', '20', 'Sack'],
      ['Pos', '20', '4412', 'Roggenmehl 997', '12', 'Sack'],
      ['Text', 'bitte vor 6 Uhr'],
      ['Pos', '30', '5120', 'Backhefe 500 g', '40', 'Stk'],
    ]);
    expect(column(reading, 'reference')).toEqual(['4401', '4412', '5120']);
    expect(column(reading, 'quantity')).toEqual(['20', '12', '40']);
  });

  it('loses no detail record above a record of another kind', () => {
    const reading = read([
      ['HDR', 'PO-55121', '2026-04-02', 'Lakeside Clinic'],
      ['DTL', '1', 'GLV-M', 'Nitrile gloves M', '40', 'BX', '5.25'],
      ['DTL', '2', 'GLV-L', 'Nitrile gloves L', '25', 'BX', '5.25'],
      ['NTE', 'deliver to rear entrance'],
      ['DTL', '3', 'MSK-2R', 'Type IIR mask', '60', 'BX', '3.10'],
      ['TRL', '3', '527.25'],
    ]);
    expect(column(reading, 'quantity')).toEqual(['40', '25', '60']);
  });

  it('multiplies less a percentage, and tells repeated references apart by the columns beside them', () => {
    const reading = read([
      ['CAB', 'PEDIDO', '2025-00871', '14/11/2025', 'MODAS LUNA'],
      ['LIN', '10', 'MO-2210', 'Vestido midi lino', 'AZUL', '38', '6', 'UD', '34,90', '10,00', '188,46'],
      ['LIN', '20', 'MO-2210', 'Vestido midi lino', 'AZUL', '40', '8', 'UD', '34,90', '10,00', '251,28'],
      ['LIN', '30', 'MO-2231', 'Blusón bordado', 'CRUDO', '38', '10', 'UD', '22,50', '10,00', '202,50'],
      ['LIN', '40', 'MO-2231', 'Blusón bordado', 'CRUDO', '40', '12', 'UD', '22,50', '10,00', '243,00'],
      ['TOT', 'BASE', '884,94'],
    ]);
    expect(column(reading, 'quantity')).toEqual(['6', '8', '10', '12']);
    expect(column(reading, 'discount_percent')).toEqual(['10', '10', '10', '10']);
    expect(column(reading, 'variant')).toEqual(['AZUL / 38', 'AZUL / 40', 'CRUDO / 38', 'CRUDO / 40']);
    expect(codes(reading)).toContain('columns.uncertain');
  });
});

describe('lines without headings', () => {
  it('that multiply are not stopped', () => {
    const reading = read([
      ['AB-1001', 'Hex bolt M8x40', 200, 0.12, 24],
      ['AB-1002', 'Hex nut M8', 200, 0.05, 10],
      ['AB-1010', 'Washer M8', 400, 0.02, 8],
    ]);
    expect(column(reading, 'quantity')).toEqual(['200', '200', '400']);
    expect(reading.anomalies.filter(({ severity }) => severity === 'blocking')).toEqual([]);
  });
});
