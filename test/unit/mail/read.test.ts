/** Mails of both forms, made by code and read as the child reads them. */
import { openMail } from '../../../src/mail/read';
import { textOfHtml } from '../../../src/mail/html';
import { languageOf } from '../../../src/order/mail/language';
import { sortAttachments } from '../../../src/order/mail/sort';
import { readMail } from '../../../src/order/mail/read';
import { SpreadsheetError } from '../../../src/spreadsheets/errors';
import { lookThrough, readWorkbook } from '../../../src/spreadsheets/read';
import { eml, msg, type MadeMail } from '../../support/mails';
import { files, xlsx, zip } from '../spreadsheets/make';

const put = files();
const open = (bytes: Buffer | string) => openMail(put(bytes));
const sheet = xlsx({ sheets: ['<row r="1"><c r="A1"><v>1</v></c></row>'] });

const letter: MadeMail = {
  subject: 'Commande n° 17 – été',
  text: 'Bonjour,\n\nVoici notre commande. Merci.\n',
  attachments: [
    { name: 'commande été.xlsx', bytes: sheet },
    { name: 'conditions.pdf', bytes: Buffer.from('%PDF-1.7'), type: 'application/pdf' },
    { name: 'lignes.csv', bytes: Buffer.from('Reference;Quantity\nA-1;2\n'), type: 'text/csv' },
  ],
};

describe.each([
  ['.eml', eml],
  ['.msg', msg],
])('a mail as %s', (_, make) => {
  it('is told from a spreadsheet by its first bytes', async () => {
    expect(await lookThrough(put(make(letter)))).toMatchObject({ kind: 'mail' });
    await expect(readWorkbook(put(make(letter)))).rejects.toMatchObject({ code: 'not_a_spreadsheet' });
  });

  it('gives its sender, subject, words and attachments, byte for byte', async () => {
    const mail = await open(make(letter));
    expect(mail).toMatchObject({ from: 'achats@librairie.example', subject: 'Commande n° 17 – été' });
    expect(mail.text).toContain('Voici notre commande.');
    expect(mail.attachments.map(({ name }) => name)).toEqual(['commande été.xlsx', 'conditions.pdf', 'lignes.csv']);
    const { sheets, others } = sortAttachments(mail);
    expect(sheets.map(({ name }) => name)).toEqual(['commande été.xlsx', 'lignes.csv']);
    expect(Buffer.from(sheets[0]!.bytes).equals(sheet)).toBe(true);
    expect(others).toEqual(['conditions.pdf']);
  });

  it('is read when its words are HTML alone', async () => {
    const html =
      '<html><head><style>p{}</style></head><body><p>Livraison&nbsp;le <b>12 mars 2027</b></p><p>Merci</p></body></html>';
    expect((await open(make({ html }))).text.trim()).toBe('Livraison le 12 mars 2027\nMerci');
  });

  it('is a file of its order that proposes, and that names what was not read', async () => {
    const mail = await open(make({ ...letter, text: 'Merci de livrer avant le 12 mars 2027.' }));
    expect(readMail(mail, { file: 'mail.eml', language: 'fr' })).toMatchObject({
      outcome: 'mail',
      sender: 'achats@librairie.example',
      lines: [],
      facts: {
        delivery_date: {
          value: '2027-03-12',
          source: 'proposal',
          from: { file: 'mail.eml', text: 'Merci de livrer avant le 12 mars 2027.' },
        },
      },
      anomalies: [{ code: 'mail.attachments_unread', severity: 'warning', message: { en: /conditions\.pdf/ } }].map(
        ({ message, ...one }) => ({ ...one, message: { en: expect.stringMatching(message.en) } }),
      ),
    });
  });

  it('is refused or read when it is cut short, and never breaks its reader', async () => {
    const whole = make(letter);
    for (const end of [0.2, 0.5, 0.8].map((part) => Math.floor(whole.length * part))) {
      const outcome = await open(whole.subarray(0, end)).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(SpreadsheetError);
    }
  });
});

it('a mail that nests too deep, or has an endless head, is refused', async () => {
  const nest = (depth: number): string =>
    depth === 0
      ? 'Content-Type: text/plain\r\n\r\nx\r\n'
      : `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${nest(depth - 1)}\r\n--b${depth}--\r\n`;
  const head = 'From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
  await expect(open(head + nest(100))).rejects.toMatchObject({ code: 'unreadable' });
  await expect(open(`${head}X-Long: ${'y'.repeat(300_000)}\r\n\r\nx`)).rejects.toMatchObject({ code: 'unreadable' });
});

it('a mail inside a mail is named and not opened', async () => {
  const inner = eml({ subject: 'inner', attachments: [{ name: 'inner.xlsx', bytes: sheet }] });
  const outer = eml({ text: 'see below', attachments: [{ name: 'old.eml', bytes: inner, type: 'message/rfc822' }] });
  expect(sortAttachments(await open(outer))).toEqual({ sheets: [], others: ['old.eml'] });
});

it('a logo is not worth a warning, a larger picture is', async () => {
  const picture = (name: string, size: number) => ({
    name,
    bytes: Buffer.alloc(size, 1),
    type: 'image/png',
    inline: true,
  });
  const mail = await open(eml({ text: 'x', attachments: [picture('logo.png', 500), picture('scan.png', 50_000)] }));
  expect(sortAttachments(mail).others).toHaveLength(1);
});

it('an archive, a Word document and a signature are no spreadsheets', async () => {
  const attachments = [
    { name: 'orders.zip', bytes: zip([{ name: 'a.txt', bytes: 'x' }]) },
    { name: 'letter.docx', bytes: zip([{ name: 'word/document.xml', bytes: 'x' }]) },
    { name: 'disclaimer.txt', bytes: Buffer.from('This mail is confidential'), type: 'text/plain' },
  ];
  const { sheets, others } = sortAttachments(await open(eml({ text: 'x', attachments })));
  expect(sheets).toEqual([]);
  expect(others).toEqual(['orders.zip', 'letter.docx', 'disclaimer.txt']);
});

it('a table with words such as From and Subject is no mail', async () => {
  expect(await lookThrough(put('From;To;Subject\na;b;c\n'))).toMatchObject({ kind: 'spreadsheet' });
  expect(await lookThrough(put('Date: 2027-01-01\nReference;Quantity\nA;1\n'))).toMatchObject({
    kind: 'spreadsheet',
  });
});

it('words of HTML are those that a reader sees, whatever stands between', () => {
  expect(textOfHtml('<script>if (a<b) x()</script>a<!-- b -->c<br>d &amp; e &#233; &unknown; <p')).toBe(
    'ac\nd & e é &unknown;',
  );
  expect(textOfHtml(`<style>${'<'.repeat(100_000)}`)).toBe('');
});

it('the language of a mail is told by its words, where they tell', () => {
  expect(languageOf('Bonjour, veuillez trouver ci-joint notre commande. Merci')).toBe('fr');
  expect(languageOf('Hello, please find our order attached. Thank you')).toBe('en');
  expect(languageOf('A-1 2')).toBeUndefined();
});
