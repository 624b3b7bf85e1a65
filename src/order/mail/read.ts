import type { Anomaly, FileReading } from '../../../schemas/order/order';
import type { Language } from '../../../schemas/language';
import { proposalsOf } from './proposals';
import { sortAttachments } from './sort';
import type { Mail } from './types';

/** Names of attachments that a warning lists. */
const NAMED = 10;

/** Reading of a mail as a file of its order: what its words propose, and what of it is not read. */
export function readMail(mail: Mail, { file, language = 'en' }: { file: string; language?: Language }): FileReading {
  const { facts, anomalies } = proposalsOf(mail, file, language);
  const { others } = sortAttachments(mail);
  return {
    ...{ file, outcome: 'mail', sheets: [], structures: [], lines: [], facts, totals: [], sketch: [] },
    ...(mail.from === undefined ? {} : { sender: mail.from }),
    anomalies: [...anomalies, ...unreadWords(mail, file), ...unreadAttachments(others, file)],
  };
}

function unreadWords({ unread }: Mail, file: string): Anomaly[] {
  if (!unread) return [];
  return [
    {
      ...{ code: 'mail.text_unread', severity: 'warning', evidence: [{ file }] },
      message: {
        en: `The words of ${file} are in a form that is not read: look at them yourself.`,
        fr: `Le texte de ${file} est dans une forme qui n'est pas lue : consultez-le vous-même.`,
      },
    },
  ];
}

function unreadAttachments(names: string[], file: string): Anomaly[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, NAMED).join(', ');
  const more = names.length > NAMED ? names.length - NAMED : 0;
  return [
    {
      ...{ code: 'mail.attachments_unread', severity: 'warning', evidence: [{ file, text: shown.slice(0, 500) }] },
      message: {
        en: `Attachments of ${file} are no spreadsheets, and are not read: ${shown}${more > 0 ? ` and ${more} more` : ''}.`,
        fr: `Des pièces jointes de ${file} ne sont pas des classeurs, et ne sont pas lues : ${shown}${more > 0 ? ` et ${more} autres` : ''}.`,
      },
    },
  ];
}
