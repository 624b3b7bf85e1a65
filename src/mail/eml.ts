import type { Mail } from '../order/mail/types';
import { refusal } from '../spreadsheets/refusals';
import { textOfHtml } from './html';

/** Bounds of a mail's form. A mail that a program has written nests a few parts. */
const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024, maxRfc822NestingDepth: 0 };

/** Reads a mail as it travels (.eml). A mail inside it is an attachment. Throws `SpreadsheetError` `unreadable`. */
export async function readEml(bytes: Buffer): Promise<Mail> {
  const PostalMime = (await import('postal-mime')).default;
  const read = await PostalMime.parse(bytes, { ...LIMITS, forceRfc822Attachments: true }).catch((error: unknown) => {
    throw refusal.unreadableMail(error instanceof Error ? error.message : 'unknown');
  });
  // without plain words the library makes some of the HTML, in which every paragraph stands alone
  const isPlain = /^content-type:\s*text\/plain/im.test(bytes.toString('latin1'));
  const words = isPlain || read.html === undefined ? (read.text ?? '') : '';
  return {
    from: read.from?.address || read.sender?.address || undefined,
    subject: read.subject,
    sent: read.date !== undefined && /^\d{4}-\d\d-\d\d/.test(read.date) ? read.date.slice(0, 10) : undefined,
    text: words.trim() === '' && read.html !== undefined ? textOfHtml(read.html) : words,
    attachments: read.attachments.map(({ filename, content, mimeType, disposition, related, contentId }, i) => ({
      name: filename ?? `${mimeType === 'message/rfc822' ? 'mail' : 'attachment'}-${i + 1}`,
      bytes: bytesOf(content),
      type: mimeType,
      inline:
        mimeType.startsWith('image/') && (related === true || disposition === 'inline' || contentId !== undefined),
    })),
  };
}

const bytesOf = (content: ArrayBuffer | Uint8Array | string): Uint8Array =>
  typeof content === 'string'
    ? Buffer.from(content)
    : content instanceof Uint8Array
      ? content
      : new Uint8Array(content);
