/** Sums that may be shops, sheets that may be orders of their own, and hours that are ordered. */
import { read, readAll, sheet, type Written } from './book';

const severities = ({ anomalies }: ReturnType<typeof read>, wanted: string) =>
  anomalies.flatMap(({ code, severity }) => (code === wanted ? [severity] : []));

describe('a column that equals the others in each row', () => {
  const order = (rows: Written[][], heads = ['Artikel', 'Nordstadt', 'Südring', 'Hafen', 'Kette']) =>
    read([heads, ...rows]);

  it('is asked about where hardly a row of several proves it', () => {
    const reading = order([
      ['Roggenbrot', 2, 1, 1, 4],
      ['Laugenstange', null, 3, null, 3],
    ]);
    expect(severities(reading, 'columns.uncertain')).toContain('blocking');
  });

  it('is their sum, with a warning, where several rows prove it', () => {
    const reading = order([
      ['Roggenbrot', 20, 15, 10, 45],
      ['Dinkelbrot', 6, 4, null, 10],
      ['Laugenstange', 5, 30, 20, 55],
    ]);
    expect(severities(reading, 'columns.uncertain')).toEqual(['warning']);
  });
});

describe('a sheet with the lines of another', () => {
  const part = (name: string, head: string) =>
    sheet([[head], [], ['Code', 'Article', 'Qty'], ['A-1', 'Bolt', 4], ['A-2', 'Nut', 6]], { name });

  it.each([
    ['Livraison à : 4 rue du Lac, Lyon', 'Livraison à : 9 quai Foch, Lille'],
    ['Lieferadresse: Markt 1, Bonn', 'Lieferadresse: Ring 2, Köln'],
    ['Deliver to: 4 Mill Road, York', 'Deliver to: 9 High Street, Leeds'],
    ['Customer: The Fox', 'Customer: The Hare'],
    ['Cliente: Bar Roma', 'Cliente: Bar Milano'],
  ])('and another place or customer above them is asked about: %s', (one, two) => {
    expect(severities(readAll([part('Une', one), part('Deux', two)]), 'sheet.not_read')).toEqual(['blocking']);
  });

  it('and the same head, or none, repeats it', () => {
    const same = 'Deliver to: 4 Mill Road, York';
    expect(severities(readAll([part('Order', same), part('Print', same)]), 'sheet.not_read')).toEqual(['warning']);
  });
});

describe('hours of each weekday', () => {
  const hours = (title: Written[], heads: Written[]) =>
    read([
      title,
      [],
      heads,
      ['Crane operator', 8, 8, 8, 8, 6, 38],
      ['Labourer', 8, 8, 4, 8, 8, 36],
      ['Welder', 4, 4, 4, 4, 4, 20],
    ]);

  it.each<[Written[], Written[]]>([
    [
      ['Purchase order', 'PO-4711'],
      ['Description', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Hours'],
    ],
    [['Bestellung Nr. B-2211'], ['Bezeichnung', 'Mo', 'Di', 'Mi', 'Do', 'Fr', 'Summe Std.']],
    [['Bon de commande n° 2026-14'], ['Désignation', 'Lu', 'Ma', 'Me', 'Je', 'Ve', 'Total h']],
    [['Ordine n. 512-26'], ['Descrizione', 'lun', 'mar', 'mer', 'gio', 'ven', 'Totale ore']],
    [['Bestelbon 2026-88'], ['Omschrijving', 'ma', 'di', 'wo', 'do', 'vr', 'Totaal uur']],
  ])('are ordered where the sheet is an order: %s', (title, heads) => {
    expect(hours(title, heads).outcome).toBe('order');
  });
});
