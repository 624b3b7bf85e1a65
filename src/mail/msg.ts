import type MsgReaderClass from '@kenjiuno/msgreader';
import type { Mail } from '../order/mail/types';
import { refusal } from '../spreadsheets/refusals';
import { textOfHtml } from './html';

/** Reads a mail that Outlook has saved (.msg). A mail inside it is an attachment. Throws `SpreadsheetError`. */
export async function readMsg(bytes: Buffer): Promise<Mail> {
  const { default: library } = await import('@kenjiuno/msgreader');
  // Node gives the whole module as its default, a compiler of tests the class itself
  const MsgReader = 'default' in library ? library.default : (library as typeof MsgReaderClass);
  try {
    const reader = new MsgReader(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
    const read = reader.getFileData();
    if (read.error) throw new Error(read.error);
    const html = read.bodyHtml ?? (read.html === undefined ? '' : Buffer.from(read.html).toString());
    const text = read.body?.trim() ? read.body : textOfHtml(html);
    return {
      from: senderOf(read),
      subject: read.subject,
      sent: dayOf(read.clientSubmitTime ?? read.messageDeliveryTime ?? read.creationTime),
      text,
      unread: text.trim() === '' && read.compressedRtf !== undefined,
      attachments: (read.attachments ?? []).map((attachment, i) => {
        const isMail = attachment.innerMsgContent === true;
        const held = isMail ? undefined : reader.getAttachment(attachment);
        return {
          name:
            held?.fileName || attachment.fileName || attachment.name || `${isMail ? 'mail' : 'attachment'}-${i + 1}`,
          bytes: held?.content ?? new Uint8Array(),
          type: attachment.attachMimeTag?.toLowerCase() ?? '',
          inline: attachment.pidContentId !== undefined && /\.(png|jpe?g|gif|bmp)$/i.test(attachment.fileName ?? ''),
        };
      }),
    };
  } catch (error) {
    throw refusal.unreadableMail(error instanceof Error ? error.message : 'unknown');
  }
}

/** Inside one company Outlook keeps a name of its own directory, and the address elsewhere. */
function senderOf(read: {
  senderSmtpAddress?: string;
  senderEmail?: string;
  creatorSMTPAddress?: string;
  headers?: string;
}): string | undefined {
  const header = /^From:[^\r\n]*?<?([^\s<>"]+@[^\s<>"]+)>?/im.exec(read.headers ?? '')?.[1];
  const all = [read.senderSmtpAddress, read.senderEmail, header, read.creatorSMTPAddress];
  return all.find((one) => one !== undefined && /^[^\s@]+@[^\s@]+$/.test(one));
}

function dayOf(time: string | undefined): string | undefined {
  const at = time === undefined ? NaN : Date.parse(time);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().slice(0, 10);
}
