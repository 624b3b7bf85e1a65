import { dayOfDelivery, onlyDayIn } from '../../../../src/order/understanding/delivery-sentences';
import { read } from './book';

describe('a sentence about the delivery', () => {
  it.each([
    ['Livraison à l’intendance avant le 25 août 2026 SVP', '2026-08-25'],
    ['Data ordine 17/11/2025 - consegna diretta ai punti vendita entro il 28/11/2025', '2025-11-28'],
    ['Lieferung bitte bis 20.03.2026 an: Kita Regenbogen', '2026-03-20'],
    ['Livraison souhaitée semaine 49, au plus tard le vendredi 5 décembre 2025', '2025-12-05'],
    ['Please deliver on 12 January 2027, before noon', '2027-01-12'],
  ])('names its day: %s', (text, day) => {
    expect(dayOfDelivery(text, 'day_first')?.day).toBe(day);
  });

  it.each([
    '14.04.2026 Bestellungen zum Lieferanten 0000104477',
    'Lieferzeit ca. 1 Woche, gültig bis 30.04.2026',
    'CANCEL IF NOT SHIPPED BY 30/11/2026',
    'Pas de livraison le 24/12/2026',
    'Lieferung ab 01.03.2027',
    'Livraison semaine 50, le 01/12/2026',
    'Deliver between 01/02/2027 and 15/02/2027',
    'Rest der Lieferung am 12.01.2027',
    'Livrer le 12/01/2027 ?',
    'Invoice for the delivery of 12/01/2027',
  ])('names none: %s', (text) => {
    expect(dayOfDelivery(text, 'day_first')).toBeUndefined();
  });

  it('is read as the day of the order, unless another names another', () => {
    const rows = [
      ['Ref', 'Description', 'Qty'],
      ['A-1', 'Tube', 2],
    ];
    const one = read([['Please deliver by 12 January 2027'], [], ...rows]);
    expect([one.facts.delivery_date?.value, one.anomalies]).toEqual(['2027-01-12', []]);
    const two = read([['Please deliver by 12 January 2027'], ['Kindly deliver by 14 January 2027'], ...rows]);
    expect(two.facts.delivery_date).toBeUndefined();
  });

  it('may stand beside its label', () => {
    const reading = read([
      ['Livraison', 'directement dans chaque école, au plus tard le 08/01/2027'],
      [],
      ['Réf', 'Désignation', 'Qté'],
      ['A-1', 'Tube', 2],
    ]);
    expect(reading.facts.delivery_date?.value).toBe('2027-01-08');
    expect(onlyDayIn('du 08/01/2027 au 15/01/2027')).toBeUndefined();
  });
});
