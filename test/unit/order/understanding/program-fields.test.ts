import { codes, column, day, read } from './book';

describe('names of fields in exports', () => {
  it('are known by the programs that write them, a mark of deletion among them', () => {
    const reading = read([
      [
        'EBELN',
        'EBELP',
        'LOEKZ',
        'BUKRS',
        'MATNR',
        'IDNLF',
        'TXZ01',
        'MENGE',
        'MEINS',
        'NETPR',
        'PEINH',
        'NETWR',
        'EINDT',
      ],
      [
        '4500339871',
        '00010',
        null,
        '1000',
        '10004455',
        'HY-1210',
        'Verschraubung 12L',
        50,
        'ST',
        385,
        100,
        192.5,
        day('2026-03-19'),
      ],
      [
        '4500339871',
        '00020',
        'L',
        '1000',
        '10004471',
        'HY-5530',
        'Schlauch DN12',
        4,
        'ST',
        3140,
        100,
        125.6,
        day('2026-03-19'),
      ],
      [
        '4500339871',
        '00030',
        null,
        '1000',
        '10009002',
        'OEL-46',
        'Öl HLP46',
        60,
        'L',
        410,
        100,
        246,
        day('2026-03-26'),
      ],
    ]);
    expect(reading.facts.order_number?.value).toBe('4500339871');
    expect(column(reading, 'reference')).toEqual(['HY-1210', 'OEL-46']);
    expect(column(reading, 'unit_price')).toEqual(['3.85', '4.1']);
    expect(column(reading, 'delivery_date')).toEqual(['2026-03-19', '2026-03-26']);
  });

  it('are known by the segments of EDI, with their qualifiers', () => {
    const reading = read([
      [
        'BEG03_PO',
        'DTM_002',
        'N104_ST',
        'PO101_LINE',
        'PO102_QTY',
        'PO103_UOM',
        'PO104_PRICE',
        'PO107_UPC',
        'PO109_VN',
        'PID05',
      ],
      ['0000417', '20260316', '0071', '1', '20', 'CA', '22.80', '071234000111', '01010', 'SALSA MILD'],
      ['0000417', '20260316', '0071', '2', '15', 'CA', '22.80', '071234000128', '01011', 'SALSA HOT'],
    ]);
    expect(column(reading, 'quantity')).toEqual(['20', '15']);
    expect(column(reading, 'reference')).toEqual(['01010', '01011']);
    expect(column(reading, 'delivery_date')).toEqual(['2026-03-16', '2026-03-16']);
    expect(codes(reading)).not.toContain('columns.uncertain');
  });

  it('are two words of which the space is left out', () => {
    const reading = read([
      ['ORDERNO', 'ORDERDATE', 'ITEMNO', 'DESC', 'ORDERQTY', 'UNITPRICE'],
      ['731', '11/03/2026', 'LAG50K', 'Lager 50L keg', 4, 98.5],
      ['731', '11/03/2026', 'TON24', 'Tonic water', 6, 7.25],
    ]);
    expect(reading.facts.order_number?.value).toBe('731');
    expect(column(reading, 'reference')).toEqual(['LAG50K', 'TON24']);
    expect(column(reading, 'unit_price')).toEqual(['98.5', '7.25']);
    expect(codes(reading)).toEqual([]);
  });
});
