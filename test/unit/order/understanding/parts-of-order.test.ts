/** Sheets and blocks of one order that go to several places. */
import { codes, column, day, readAll, read, sheet, type Written } from './book';

interface Words {
  title: string;
  who: string;
  where: string;
  heads: Written[];
  sums: Written[];
}

const sheets = ({ title, who, where, heads, sums }: Words, summary: 'lines' | 'amounts' | 'none') => {
  const part = (name: string, address: string, lines: Written[][]) =>
    sheet([[title], [who, name], [where, address], [], heads, ...lines], { name: name.slice(0, 10) });
  const [one, two] = ['Jules Ferry', 'Louis Pasteur'];
  const own: [string, number, number][] = [
    [one, 2, 79],
    [two, 3, 51.5],
  ];
  const rows = own.map(([name, count, amount]) => [name, summary === 'amounts' ? amount : count, amount + 1]);
  return [
    part(one, '4 Mill Road, York', [
      ['C-2417', 'Book A4', 120, 0.5, 60],
      ['C-1722', 'Book A5', 50, 0.38, 19],
    ]),
    part(two, '19 Park Lane, York', [
      ['G-1', 'Paint red', 6, 4, 24],
      ['G-2', 'Paint blue', 5, 4, 20],
      ['C-1722', 'Book A5', 20, 0.375, 7.5],
    ]),
    ...(summary === 'none' ? [] : [sheet([sums, ...rows], { name: 'Sum' })]),
  ];
};

describe('sheets with an address in the head of each', () => {
  it.each<[string, Words]>([
    [
      'French',
      {
        title: 'Mairie de Saint-Aubin',
        who: 'Client :',
        where: 'Adresse de livraison :',
        heads: ['Référence', 'Article', 'Quantité', 'P.U. HT', 'Total HT'],
        sums: ['École', 'Nb lignes', 'Montant HT'],
      },
    ],
    [
      'German',
      {
        title: 'Stadt Münster',
        who: 'Kunde:',
        where: 'Lieferadresse:',
        heads: ['Art.-Nr.', 'Bezeichnung', 'Menge', 'Preis', 'Betrag'],
        sums: ['Schule', 'Positionen', 'Summe'],
      },
    ],
    [
      'English',
      {
        title: 'City of York',
        who: 'Customer:',
        where: 'Deliver to:',
        heads: ['Code', 'Item', 'Qty', 'Price', 'Amount'],
        sums: ['School', 'Lines', 'Value'],
      },
    ],
    [
      'Italian',
      {
        title: 'Comune di Lecco',
        who: 'Cliente:',
        where: 'Indirizzo di consegna:',
        heads: ['Codice', 'Descrizione', 'Quantità', 'Prezzo', 'Importo'],
        sums: ['Plesso', 'Righe', 'Totale'],
      },
    ],
    [
      'Dutch',
      {
        title: 'Gemeente Breda',
        who: 'Klant:',
        where: 'Afleveradres:',
        heads: ['Artikelnr', 'Omschrijving', 'Aantal', 'Prijs', 'Bedrag'],
        sums: ['School', 'Regels', 'Bedrag'],
      },
    ],
  ])('are one order for several places where a sheet sums them up: %s', (_, words) => {
    for (const by of ['lines', 'amounts'] as const) {
      const reading = readAll(sheets(words, by));
      const [first, second] = ['4 Mill Road, York', '19 Park Lane, York'];
      expect(column(reading, 'destination')).toEqual([first, first, second, second, second]);
      expect(codes(reading)).not.toContain('orders.several');
      expect(reading.facts.customer).toBeUndefined();
    }
    expect(codes(readAll(sheets(words, 'none')))).toContain('orders.several');
  });
});

describe('blocks below titles of places', () => {
  it.each([
    ['Chantier 12 rue des Lilas, 35510 Cesson-Sévigné', 'Chantier Lotissement Les Prés, lot 9, 35770 Vern-sur-Seiche'],
    ['Baustelle 4 – Rathausplatz 1, 48143 Münster', 'Baustelle Hafenweg 22, 48155 Münster'],
    ['Site 7 Mill Road, Leeds LS1 4AB', 'Site Old Brewery, Wharf Street, Leeds LS2 7EQ'],
    ['Cantiere 3, via Manzoni 14, Lecco', 'Cantiere Nuova Scuola, viale Dante 8, Lecco'],
    ['Filiale 014 Köln, Ringstraße 5', 'Filiale 022 Bonn, Markt 9'],
  ])('go to them, though they begin with a number: %s', (first, second) => {
    const heads = ['Code', 'Item', 'Qty'];
    const reading = read([
      ['Builders Ltd'],
      [day('2026-02-27')],
      [],
      [first],
      heads,
      ['P-13', 'Board', 60],
      ['P-48', 'Rail', 40],
      [],
      [second],
      heads,
      ['P-14', 'Wool', 18],
    ]);
    expect(column(reading, 'destination')).toEqual([first, first, second]);
  });
});
