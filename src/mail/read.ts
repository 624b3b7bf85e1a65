import { readFile } from 'node:fs/promises';
import type { Mail } from '../order/mail/types';
import { refusal } from '../spreadsheets/refusals';
import { kindOf } from '../spreadsheets/kind';
import { readEml } from './eml';
import { readMsg } from './msg';

/** Attachments that one mail may have. */
const MOST = 200;

/** Reads a mail of either form in this process; untrusted ones are read in a child. Throws `SpreadsheetError`. */
export async function openMail(path: string): Promise<Mail> {
  const kind = await kindOf(path);
  const bytes = await readFile(path);
  const mail = kind === 'msg' ? await readMsg(bytes) : await readEml(bytes);
  if (mail.attachments.length > MOST) throw refusal.tooManyParts(MOST);
  return mail;
}
