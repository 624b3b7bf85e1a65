import { readEvidence } from '../../../src/audit/evidence';
import { groupNearDuplicates, jaccard } from '../../../src/audit/near-duplicates';
import { contentWords, wordsOf } from '../../../src/audit/words';
import { documentsOf, monthly, rows } from './support';

describe('wastes are assigned by the words of the text', () => {
  test.each([
    ['Wait for the approval of the head of sales', 'waiting'],
    ['Chase the warehouse for the delivery note', 'waiting'],
    ['Second approval of every invoice', 'overprocessing'],
    ['Print the order, sign it and scan it', 'overprocessing'],
    ['Correct wrong VAT code on an invoice', 'rework'],
    ['Redo the quote', 'rework'],
    ['Hand over the file to finance', 'handover'],
    ['Forward the question of a customer to engineering', 'handover'],
    ['Re-type the order from the mail into the ERP', 'motion'],
    ['Copy prices from the spreadsheet into the template', 'motion'],
    ['Work through the backlog of tickets', 'backlog'],
    ['Weekly report that nobody reads', 'overproduction'],
    ['Filing of contracts, a trainee could do it', 'unused_skill'],
    ['Attendre la validation du chef de service', 'waiting'],
    ['Double contrôle des factures', 'overprocessing'],
    ['Refaire l’avoir du client à cause d’une erreur', 'rework'],
    ['Transférer le dossier au service juridique', 'handover'],
    ['Ressaisir les heures dans le logiciel de paie', 'motion'],
    ['Rattraper la pile de courrier', 'backlog'],
    ['Tableau que personne ne lit', 'overproduction'],
    ['Classement papier par la responsable', 'unused_skill'],
  ])('%s: %s', (text, waste) => {
    expect(readEvidence(text, 'en').waste).toBe(waste);
    expect(readEvidence(text, 'fr').waste).toBe(waste);
  });

  test.each([
    'Negotiate payment terms with a customer',
    'Agree a delivery date by phone',
    'Attend the meeting of the sales team',
    'Préparer la prévision de trésorerie',
    'Answer calls without waiting for the system',
    'Facture envoyée sans erreur',
    'Send the invoice in Excel',
    '',
  ])('nothing is guessed from: %s', (text) => {
    expect(readEvidence(text, 'en').waste).toBeUndefined();
  });

  test.each([
    ['Update the Manual Entry screen', 'en'],
    ['Print labels for the new Distribution List', 'en'],
    ['Waiting list module', 'en'],
    ['Error page design', 'en'],
    ['Implement a queue for work that is waiting for approval', 'en'],
    ['Ajouter une file d’attente au logiciel', 'fr'],
    ['Attend workshop, Lyon', 'en'],
    ['Marché de fournitures, mode de passation', 'fr'],
    ['Recherche d’information sur les technologies', 'fr'],
    ['Refuse collection in the old town', 'en'],
  ] as const)('words are read in their context: %s (%s)', (text, language) => {
    expect(readEvidence(text, language).waste).toBeUndefined();
  });

  test.each([
    ['Bug', 'Order dates of the overview'],
    ['Development / Bug', 'Lookup of codes'],
    ['Réclamations', 'Client Dupont, commande de mai'],
    ['Correction', 'Facture de mai'],
  ])('a category that says rework is evidence: %s', (category, text) => {
    const { waste, quotes } = readEvidence(text, 'fr', category);
    expect([waste, quotes.get('rework')]).toEqual(['rework', [category.split(' ').at(-1)!.toLowerCase()]]);
  });

  test('of a category, a name of a list is none, and the words of the text go before', () => {
    expect(readEvidence('Call customers', 'en', 'Error handling').waste).toBeUndefined();
    expect(readEvidence('Call customers', 'en', 'Claims').waste).toBeUndefined();
    expect(readEvidence('Wait for the approval of the supplier', 'en', 'Complaints')).toMatchObject({
      waste: 'waiting',
      also: ['rework'],
    });
  });

  test.each([
    ['The printer is not working', 'rework'],
    ['Repair a leaking tap', 'rework'],
    ['Le serveur ne répond plus', 'rework'],
    ['Impossible d’ouvrir le dossier partagé', 'rework'],
  ])('what went wrong is rework: %s', (text, waste) => expect(readEvidence(text, 'en').waste).toBe(waste));

  test('words are quoted as written, with the words between them left out', () => {
    expect(readEvidence('Copy order lines from the sheet of the rep into the ERP', 'en').quotes.get('motion')).toEqual([
      'copy … into',
    ]);
    expect(readEvidence('Mis EN ATTENTE par le client', 'fr').quotes.get('waiting')).toEqual(['attente']);
  });

  test('of two equal wastes the first named wins, and the other is kept too', () => {
    const { waste, also } = readEvidence('Search the mailbox for the dispute', 'en');
    expect([waste, also]).toEqual(['motion', ['rework']]);
  });
});

describe('near-duplicates', () => {
  const group = (...texts: string[]) =>
    groupNearDuplicates(texts.map((text) => contentWords(wordsOf(text)))).map(({ members }) => members);

  test('are texts that share most of their content words, whatever their numbers, case and accents', () => {
    expect(
      group(
        'Re-type order 4711 of Bauer into the ERP',
        'Négocier un contrat',
        're-type ORDER 4712 of Bauer into the ERP',
        'Book a truck for Friday',
      ),
    ).toEqual([[0, 2]]);
  });

  test('are never texts below the threshold', () => {
    const texts = [
      'check the invoice of the customer',
      'pay the invoice of the carrier',
      'negotiate the invoice with legal',
    ];
    expect(group(...texts)).toEqual([]);
    const [a, b] = texts.map((text) => contentWords(wordsOf(text)));
    expect(jaccard(a!, b!)).toBeLessThan(0.6);
  });

  test('are found among thousands of other texts', () => {
    const noise = Array.from(
      { length: 3000 },
      (_, index) =>
        `alpha${String.fromCharCode(97 + (index % 26))} beta${'abcdefghij'[index % 10]}${'klmnopqrst'[Math.floor(index / 10) % 10]} gamma${'uvwxyzabcd'[Math.floor(index / 100) % 10]} delta${'efghijklmn'[Math.floor(index / 1000)]}`,
    );
    noise[17] = 'ask quality control for the missing test report of the pump';
    noise[2711] = 'ask quality control again for the test report of the pump';
    expect(group(...noise).some((members) => members.includes(17) && members.includes(2711))).toBe(true);
  });

  test('keep the largest row and count the others as repeated', () => {
    const { friction } = documentsOf({
      rows: rows(
        ['A', 10, 'Look up the price of the pump'],
        ['B', 30, 'Look up the price of the pump'],
        ['A', 20, 'Visit a customer in Lyon'],
      ),
      ...monthly,
    });
    expect(friction.duplicate_groups).toMatchObject([
      { rows: [1, 2], kept_row: 2, categories: ['A', 'B'], repeated: { minutes: { as_given: 10 } } },
    ]);
  });
});

describe('the friction index', () => {
  test('is the share of minutes in rows that show friction', () => {
    const { friction } = documentsOf({
      rows: rows(['A', 30, 'Wait for the approval'], ['A', 70, 'Visit a customer in Lyon']),
      ...monthly,
    });
    expect(friction.index).toMatchObject({ value: 30, level: 'moderate', rows: [1] });
    expect(friction.index.definition).toContain('÷ all counted minutes × 100');
  });

  test('is 0 without friction and 100 if every row shows it', () => {
    expect(documentsOf({ rows: rows(['A', 9, 'Visit a customer in Lyon']), ...monthly }).friction.index.value).toBe(0);
    expect(
      documentsOf({ rows: rows(['A', 9, 'Phone rings in the middle of a quote']), ...monthly }).friction.index.value,
    ).toBe(100);
  });
});
