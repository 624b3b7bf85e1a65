import { plainWords } from '../understanding/text';
import type { Mail } from './types';

/** Letters that are looked at. */
const MOST = 50_000;

/** Lines with which programs begin a mail that is answered or forwarded. */
const EARLIER =
  /^[\s>*_-]*(original message|message d origine|message original|urspruengliche nachricht|ursprungliche nachricht|mensaje original|messaggio originale|oorspronkelijk bericht)\b|^\s*(le|on|am|el|il|op)\b.{5,200}\b(a ecrit|wrote|schrieb|escribio|ha scritto|schreef)\s*$/;
const HEAD = /^\s*[>*]*\s*(from|de|von|da|van)\s?:\s?\S/i;
const FORWARDED = /^\s*(fwd?|tr|wg|rv|i|doorst)\s*:/i;

/**
 * Lines that the sender has written: without quotations of earlier mails, which may be about another order. Of a
 * forwarded mail everything counts.
 */
export function ownWords({ text, subject = '' }: Pick<Mail, 'text' | 'subject'>): string[] {
  const lines = text.slice(0, MOST).split(/\r\n|\r|\n/);
  if (FORWARDED.test(subject)) return lines.map((line) => line.replace(/^(\s*>)+\s?/, ''));
  const end = lines.findIndex(
    (line, index) =>
      EARLIER.test(plainWords(line.slice(0, 300))) || (index > 0 && HEAD.test(line) && isHead(lines.slice(index))),
  );
  return lines.slice(0, end < 0 ? lines.length : end).filter((line) => !/^\s*>/.test(line));
}

/** Names of the lines in the head of a mail, besides its sender. */
const HEADS = new Set(
  'sent|date|to|cc|subject|envoye|a|objet|gesendet|an|betreff|datum|enviado|para|asunto|inviato|data|oggetto|verzonden|aan|onderwerp'.split(
    '|',
  ),
);

/** Whether lines are the head of a mail: its sender, and soon the day and the subject. */
const isHead = (lines: string[]): boolean =>
  lines.slice(1, 6).filter((line) => line.includes(':') && HEADS.has(plainWords(line.split(':', 1)[0] ?? ''))).length >=
  2;
