import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OrderForm, OrderSender } from '../../schemas/order/api';
import { MOST_LINES, MOST_ROWS } from '../../schemas/order/run';
import { validatorFor } from '../../src/contracts/validators';
import type { MailHead, MailReader } from '../../src/reading/mails';
import { SpreadsheetError } from '../../src/spreadsheets/errors';
import type { Looked } from '../../src/spreadsheets/read';
import { refusal } from '../../src/spreadsheets/refusals';
import { checked } from '../http';
import { HttpProblem } from '../problem';
import { nameOf, type Form, type Upload } from '../uploads';

export interface InboxDependencies {
  /** Inspects a file before it is accepted, and counts its filled rows. Throws `SpreadsheetError`. */
  scan: (path: string) => Promise<Looked>;
  mails: Pick<MailReader, 'open'>;
}

/** An order as it came in, with what its mails say, and the spreadsheets that came with them. */
export interface Received extends OrderSender, Omit<OrderForm, keyof OrderSender> {
  files: Upload[];
}

/** Files that an order may have, those in its mails included. */
export const MOST_FILES = 20;

/** Letters of a subject; a mail may have more. */
const LONGEST_SUBJECT = 500;

const NO_SUBJECT = { en: '(no subject)', fr: '(sans objet)' };

/**
 * Checks a form and looks through its files. Mails are opened: they give sender, subject and language where the form
 * does not, and their spreadsheets come after them. Every fault is found before anything is stored.
 */
export function createInbox({ scan, mails }: InboxDependencies) {
  const [checkForm, checkSender] = [validatorFor(OrderForm), validatorFor(OrderSender)];

  return async function receive({ fields, files, folder }: Form): Promise<{ form: OrderForm; received: Received }> {
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
    const form = checked(given, checkForm);
    if (files.length === 0) throw noFile();
    const all: Upload[] = [];
    const heads: MailHead[] = [];
    let rows = 0;
    const scanned = async (path: string): Promise<Looked> => {
      const found = await scan(path);
      rows += found.rows;
      if (rows > MOST_ROWS) throw refusal.tooManyLines(MOST_LINES);
      return found;
    };
    for (const [index, file] of files.entries()) {
      all.push(file);
      if ((await look(index, file.name, () => scanned(file.path))).kind === 'spreadsheet') continue;
      const inside = join(folder, `mail-${index + 1}`);
      await mkdir(inside, { mode: 0o700 });
      const head = await look(index, file.name, () => mails.open(file.path, inside));
      heads.push(head);
      for (const { name, ...attachment } of head.files) {
        const plain = nameOf(name);
        await look(index, `${file.name} › ${plain}`, () => scanned(attachment.path));
        all.push({ name: plain, ...attachment });
      }
    }
    if (all.length > MOST_FILES) throw tooMany(all.length);
    const language = form.language ?? heads.find((head) => head.language)?.language;
    const sender = checked(senderOf(form, heads, language ?? 'en'), checkSender);
    return { form, received: { ...form, ...sender, language, files: all } };
  };
}

function senderOf(form: OrderForm, heads: MailHead[], language: 'en' | 'fr'): Partial<OrderSender> {
  const [first] = heads;
  const subject = first && (first.subject?.trim().slice(0, LONGEST_SUBJECT) || NO_SUBJECT[language]);
  return {
    from_email: form.from_email ?? heads.find(({ from }) => from !== undefined)?.from,
    subject: form.subject ?? subject,
  };
}

async function look<T>(index: number, name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error;
    throw new HttpProblem('spreadsheet-refused', `${name}: ${error.message}`, {
      errors: [{ pointer: `/files/${index}`, detail: error.message }],
      facts: { reason: error.code, file: name, ...(error.where === undefined ? {} : { where: error.where }) },
      cause: error,
    });
  }
}

const noFile = () => {
  const detail = 'is missing: send at least one spreadsheet, such as -F files=@./order.xlsx, or a mail';
  return new HttpProblem('invalid', `The field \`files\` ${detail}`, { errors: [{ pointer: '/files', detail }] });
};

const tooMany = (count: number) => {
  const detail = `has ${count} files with those in the mails, and may have ${MOST_FILES}: send fewer at once`;
  return new HttpProblem('invalid', `The field \`files\` ${detail}`, { errors: [{ pointer: '/files', detail }] });
};
