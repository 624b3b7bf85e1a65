import { column, read, type Written } from './book';

const bolts: Written[][] = [
  ['Bezeichnung', 'Menge', 'Preis', 'Betrag'],
  ['Schraube M8', 100, 0.5, 50],
  ['Mutter M8', 200, 0.25, 50],
];

describe('rows with an amount and no quantity below the lines', () => {
  it('are charges where they are the percentage of the lines that they give, under any name', () => {
    const reading = read([...bolts, ['Umlage Alpha', null, 9, 9], ['Umlage Beta', null, 9, 9]]);
    expect(column(reading, 'quantity')).toEqual(['100', '200']);
    expect(reading.totals.map(({ kind, value }) => [kind, value])).toEqual([
      ['tax', '9'],
      ['tax', '9'],
    ]);
  });

  it('are charges where a stated total holds them', () => {
    const reading = read([
      ['Désignation', 'Quantité', 'Prix', 'Montant'],
      ['Vis M8', 100, 0.5, 50],
      ['Écrou M8', 200, 0.25, 50],
      ['Mise en palette', null, 12.4, 12.4],
      ['Total', null, null, 112.4],
    ]);
    expect(column(reading, 'quantity')).toEqual(['100', '200']);
    expect(reading.totals.map(({ value }) => value)).toEqual(['12.4', '112.4']);
    expect(reading.anomalies.filter(({ code }) => code === 'total.mismatch')).toEqual([]);
  });

  it('are lines without a quantity where nothing proves them to be charges', () => {
    const reading = read([...bolts, ['Scheibe M8', null, 12.4, 37.2]]);
    expect(column(reading, 'description')).toEqual(['Schraube M8', 'Mutter M8', 'Scheibe M8']);
  });
});
