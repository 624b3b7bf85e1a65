import type { FileReading } from '../../../schemas/order/order';
import { correct } from '../../../src/order/correct';
import { draftOf } from '../../../src/order/draft';
import type { Letter } from '../../../src/order/letter';
import { proposalsOf } from '../../../src/order/mail/proposals';
import type { Mail } from '../../../src/order/mail/types';

const mail = (text: string, more: Partial<Mail> = {}): Mail => ({ text, sent: '2027-03-01', attachments: [], ...more });
const propose = (text: string, language: 'en' | 'fr' = 'fr', more: Partial<Mail> = {}) => {
  const { facts } = proposalsOf(mail(text, more), 'mail.eml', language);
  return [facts.delivery_date?.value, facts.delivery_address?.value];
};

describe('a day of delivery in the words of a mail', () => {
  it.each<[string, 'en' | 'fr', string | undefined]>([
    ['Merci de nous livrer le 12/03/2027.', 'fr', '2027-03-12'],
    ['Livraison souhaitée : vendredi 12 mars 2027', 'fr', '2027-03-12'],
    ['Date de livraison souhaitée :\n12.03.2027', 'fr', '2027-03-12'],
    ['Nous souhaitons recevoir les articles avant le 2 février.', 'fr', '2028-02-02'],
    ['Please deliver by March 12, 2027.', 'en', '2027-03-12'],
    ['Delivery on 2027-03-12 please.', 'en', '2027-03-12'],
    ['We need this delivered on 12 March. Thanks!', 'en', '2027-03-12'],
    ['Bitte liefern Sie am 12. März 2027.', 'en', '2027-03-12'],
    // an English date that may be two days is none
    ['Please deliver by 03/04/2027.', 'en', undefined],
    // days of something else
    ['Notre commande du 12/03/2027.', 'fr', undefined],
    ['Votre facture du 12/03/2027 pour la livraison est fausse.', 'fr', undefined],
    ['The last order was delivered on 12 March 2027.', 'en', undefined],
    ['Deliver as soon as possible. Our meeting is on 12 March 2027.', 'en', undefined],
    // several
    ['Livrer le 12/03/2027.\nLe reste : livrer le 15/03/2027.', 'fr', undefined],
  ])('%s', (text, language, day) => {
    expect(propose(text, language)[0]).toBe(day);
  });

  it('is named with all others where there are several', () => {
    const { anomalies } = proposalsOf(mail('Livrer le 12/03/2027.\nOu livrer le 15/03/2027.'), 'mail.eml', 'fr');
    expect(anomalies).toMatchObject([
      { code: 'delivery.dates_several', message: { en: expect.stringContaining('2027-03-12 / 2027-03-15') } },
    ]);
  });
});

describe('an address of delivery in the words of a mail', () => {
  it.each<[string, string | undefined]>([
    ['Adresse de livraison : 12 rue des Lilas, 69002 Lyon', '12 rue des Lilas, 69002 Lyon'],
    [
      'Livrer à :\nLibrairie du Parc\n12 rue des Lilas\n69002 Lyon\n\nCordialement',
      'Librairie du Parc, 12 rue des Lilas, 69002 Lyon',
    ],
    ['Merci de livrer au 12 rue des Lilas, 69002 Lyon avant le 12 mars.', '12 rue des Lilas, 69002 Lyon'],
    [
      'Please deliver everything to 12 High Street, London W1A 1AA by Friday 12 March. Thanks.',
      '12 High Street, London W1A 1AA',
    ],
    ['Delivery address:\n12 High Street\nLondon W1A 1AA\nBest regards', '12 High Street, London W1A 1AA'],
    ['Merci de livrer à la même adresse que d’habitude.', undefined],
    ['Adresse de facturation : 12 rue des Lilas, 69002 Lyon', undefined],
  ])('%s', (text, address) => {
    expect(propose(text)[1]).toBe(address);
  });
});

describe('words of earlier mails', () => {
  const earlier = 'Merci de livrer le 12/03/2026.';
  it.each([
    `Bonjour\n\nLe lun. 1 mars 2027 à 10:00, Jean <j@x.example> a écrit :\n> ${earlier}`,
    `Bonjour\n> ${earlier}`,
    `Bonjour\n\n-----Message d'origine-----\nDe : Jean\n${earlier}`,
    `Bonjour\n\nDe : Jean\nEnvoyé : lundi\nÀ : nous\nObjet : commande\n\n${earlier}`,
  ])('propose nothing in an answer: %s', (text) => {
    expect(propose(text)[0]).toBeUndefined();
  });

  it('count in a mail that was forwarded', () => {
    const text = `Pour info\n\nDe : Jean\nEnvoyé : lundi\nÀ : nous\nObjet : commande\n\n${earlier}`;
    expect(propose(text, 'fr', { subject: 'TR: commande' })[0]).toBe('2026-03-12');
  });
});

describe('a mail in its order', () => {
  const letter: Letter = {
    ...{ order_id: 'O-1', from_email: 'achats@librairie.example', subject: 'Commande', language: 'fr' },
    ...{ received_at: '2027-03-01T09:00:00.000Z', delivery: {} },
  };
  const empty = { sheets: [], structures: [], totals: [], anomalies: [], sketch: [] };
  const sheet: FileReading = {
    ...{ file: 'order.csv', outcome: 'order', facts: {} },
    ...empty,
    lines: [
      {
        line_id: 'L1',
        reference: { value: 'A-1', source: 'file', confidence: 1 },
        quantity: { value: '2', source: 'file', confidence: 1 },
      },
    ],
  };
  const words: FileReading = {
    ...{ file: 'mail.eml', outcome: 'mail', lines: [], sender: 'Achats@Librairie.example' },
    ...empty,
    facts: proposalsOf(
      mail('Livrer le 12/03/2027.\nAdresse de livraison : 12 rue des Lilas, 69002 Lyon'),
      'mail.eml',
      'fr',
    ).facts,
  };
  const codes = (order: ReturnType<typeof draftOf>) => order.anomalies.map(({ code, severity }) => [code, severity]);

  it('fills the delivery as a proposal, with a warning and its words, until a person decides', () => {
    const order = draftOf(letter, [words, sheet]);
    expect(order.delivery).toMatchObject({
      date: { value: '2027-03-12', source: 'proposal' },
      address: { value: '12 rue des Lilas, 69002 Lyon', source: 'proposal' },
    });
    expect(codes(order)).toEqual([
      ['delivery.address_proposed', 'warning'],
      ['delivery.date_proposed', 'warning'],
    ]);
    expect(order.anomalies[1]!.evidence).toEqual([{ file: 'mail.eml', text: 'Livrer le 12/03/2027.' }]);
    const corrected = correct(order, { delivery: { date: '2027-03-13' } }, 'ann');
    expect('order' in corrected && codes(corrected.order)).toEqual([['delivery.address_proposed', 'warning']]);
  });

  it('gives way to the form and to a file, and a contradiction is said', () => {
    const given = draftOf({ ...letter, delivery: { date: '2027-03-20', address: '1 quai Sud' } }, [words, sheet]);
    expect(given.delivery).toMatchObject({ date: { source: 'form' }, address: { source: 'form' } });
    expect(codes(given)).toEqual([
      ['delivery.date_differs', 'warning'],
      ['delivery.address_differs', 'warning'],
    ]);
    const stated: FileReading = {
      ...sheet,
      facts: { delivery_date: { value: '2027-03-12', source: 'file', confidence: 1 } },
    };
    const later = {
      ...stated,
      facts: { delivery_date: { value: '2027-03-20', source: 'file' as const, confidence: 1 } },
    };
    expect(codes(draftOf(letter, [words, later]))).toContainEqual(['mail.date_differs', 'warning']);
    expect(draftOf(letter, [words, stated]).delivery.date).toMatchObject({ source: 'file' });
    expect(codes(draftOf(letter, [words, stated]))).toEqual([['delivery.address_proposed', 'warning']]);
  });

  it('comes from the sender of the form, or says so', () => {
    const other = draftOf({ ...letter, from_email: 'someone@else.example' }, [words, sheet]);
    expect(other.from_email).toBe('someone@else.example');
    expect(codes(other)).toContainEqual(['mail.sender_differs', 'warning']);
  });
});
