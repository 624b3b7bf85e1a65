import { serialOf, type Sheet } from './book';
import type { Chance } from './chance';
import type { Golden } from './golden';
import { day, decimal, amountCents, type Item } from './goods';
import { sumWords, type Language } from './headers';

const firms = [
  'Librairie du Port',
  'Nordwind Handels GmbH',
  'Blue Harbour Ltd',
  'Akdeniz Kırtasiye A.Ş.',
  'Papelería Sol S.L.',
  'Cartoleria Rossi s.r.l.',
  'Maison Lenoir SARL',
  'Kepler Supplies Inc.',
  'Atelier Bonnard',
  'Green & Sons',
];
const streets = [
  '12 rue des Lilas',
  '221 Harbour Street',
  'Hafenstraße 7',
  'Calle Mayor 45',
  'Via Roma 118',
  'Atatürk Cad. No: 9',
  '4 place du Marché',
];
const towns = [
  '69002 Lyon',
  'Leeds LS1 4AP',
  '20457 Hamburg',
  '28013 Madrid',
  '00184 Roma',
  '34710 İstanbul',
  '75011 Paris',
];
const people = ['A. Martin', 'J. Keller', 'S. Okafor', 'M. Yılmaz', 'C. Dubois', 'L. Romano', 'P. Nguyen'];

export const firm = (chance: Chance) => chance.pick(firms);
export const person = (chance: Chance) => chance.pick(people);

const labels = {
  en: {
    title: 'PURCHASE ORDER',
    number: 'Order no.',
    date: 'Order date',
    deliver: 'Deliver to',
    contact: 'Contact',
    thanks: 'Please confirm this order by e-mail.',
  },
  fr: {
    title: 'BON DE COMMANDE',
    number: 'N° de commande',
    date: 'Date de commande',
    deliver: 'Adresse de livraison',
    contact: 'Contact',
    thanks: 'Merci de confirmer la commande par courriel.',
  },
  de: {
    title: 'BESTELLUNG',
    number: 'Bestellnummer',
    date: 'Bestelldatum',
    deliver: 'Lieferadresse',
    contact: 'Ansprechpartner',
    thanks: 'Bitte bestätigen Sie die Bestellung.',
  },
};

/** The part over a table: a title, an address, the order's number and day. Facts have clear labels. */
export function titleBlock(sheet: Sheet, chance: Chance, golden: Golden, language: Language = 'en', wide = 5): void {
  const label = labels[language === 'fr' || language === 'de' ? language : 'en'];
  const number = `${chance.pick(['PO', 'BC', 'CMD', '45'])}-${chance.digits(6)}`;
  const date = day(chance).replace('2027', '2026');
  const name = firm(chance);
  sheet.add([{ text: name, bold: true }]);
  sheet.add([`${chance.pick(streets)}, ${chance.pick(towns)}`]);
  if (chance.yes()) sheet.add([`Tel. +${chance.int(31, 49)} ${chance.digits(9)}`]);
  if (chance.yes()) sheet.skip(chance.int(1, 3));
  const row = sheet.add([{ text: label.title, bold: true }]);
  if (chance.yes()) sheet.merge(row, 1, row, wide);
  sheet.add([label.number, number]);
  sheet.add([label.date, { number: serialOf(date), format: language === 'en' ? 'yyyy-mm-dd' : 'dd.mm.yyyy' }]);
  if (chance.yes()) sheet.add([label.contact, person(chance)]);
  if (chance.yes()) sheet.add([label.deliver, `${chance.pick(streets)}, ${chance.pick(towns)}`]);
  golden.facts.order_number = number;
  golden.facts.order_date = date;
  sheet.skip(chance.int(1, 2));
}

/** The rows of sums under a table, all right: net, shipping, VAT, gross. `label` and `value` are columns. */
export function totals(
  sheet: Sheet,
  list: Item[],
  {
    label,
    value,
    language = 'en',
    rate = 20,
    shipping = 0,
    gap = 0,
  }: { label: number; value: number; language?: Language; rate?: number; shipping?: number; gap?: number },
): number {
  const words = sumWords[language];
  const net = list.reduce((sum, item) => sum + amountCents(item), 0);
  const vat = Math.round(((net + shipping) * rate) / 100);
  const line = (text: string, cents: number) => {
    sheet.put(sheet.at, label, { text, bold: true });
    sheet.put(sheet.at, value, { number: Number(decimal(cents)), format: '#,##0.00' });
    return sheet.at++;
  };
  sheet.skip(gap);
  const first = line(words.net, net);
  if (shipping > 0) line(words.shipping, shipping);
  if (rate > 0) {
    line(`${words.vat} ${rate}%`, vat);
    line(words.gross, net + shipping + vat);
  }
  return first;
}

/** The part under everything: notes, bank data, a signature, the page. */
export function footer(sheet: Sheet, chance: Chance, language: Language = 'en'): void {
  const label = labels[language === 'fr' || language === 'de' ? language : 'en'];
  sheet.skip(chance.int(1, 3));
  sheet.add([label.thanks]);
  if (chance.yes())
    sheet.add([`IBAN FR76 ${chance.digits(4)} ${chance.digits(4)} ${chance.digits(4)} ${chance.digits(4)}`]);
  if (chance.yes()) sheet.add([language === 'fr' ? 'Signature :' : 'Signature:', undefined, person(chance)]);
  if (chance.yes()) sheet.skip().add(['Page 1/1']);
}
