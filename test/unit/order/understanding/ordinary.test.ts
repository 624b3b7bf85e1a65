/** Small ordinary orders: what is plain to a clerk, and what only looks plain. */
import { column, read, shown } from './book';

describe('a bare dollar sign', () => {
  const heads = ['Code', 'Item', 'Qty', 'Price'];
  const rows = [
    ['C-101', 'Birthday floral', 24, shown(1.8, '$1.80')],
    ['C-118', 'Thank you gold foil', 12, shown(2.1, '$2.10')],
  ];

  it('is nobody’s where no word tells the country', () => {
    const reading = read([['Bayside News & Gifts'], heads, ...rows]);
    expect(reading.facts.currency).toBeUndefined();
    expect(column(reading, 'unit_price')).toEqual(['1.8', '2.1']);
  });

  it('is of the United States by a state with its ZIP, and of Canada by French headings', () => {
    expect(read([['Ironworks Gym, Austin, TX 78701'], heads, ...rows]).facts.currency?.value).toBe('USD');
    const french = [
      ['No produit', 'Description', 'Qté', 'Prix unit.'],
      ['PEL-AL', 'Pelle à neige aluminium', 24, shown(18.95, '18.95 $')],
      ['GAN-L', 'Gants d’hiver L', 30, shown(11.25, '11.25 $')],
    ];
    expect(read(french).facts.currency?.value).toBe('CAD');
  });
});
