/** Mails for tests, made by code. */
import { CFB } from '@e965/xlsx';

export interface MadeMail {
  from?: string;
  subject?: string;
  text?: string;
  html?: string;
  date?: string;
  attachments?: { name: string; bytes: Buffer; type?: string; inline?: boolean }[];
}

/** A mail as it travels. */
export function eml({
  from = 'Achats <achats@librairie.example>',
  subject = 'Commande',
  text,
  html,
  date = 'Mon, 1 Mar 2027 10:00:00 +0100',
  attachments = [],
}: MadeMail = {}): Buffer {
  const part = (head: string[], body: Buffer) =>
    [...head, 'Content-Transfer-Encoding: base64', '', body.toString('base64').replace(/(.{76})/g, '$1\r\n')].join(
      '\r\n',
    );
  const words = (type: string, letters: string) =>
    part([`Content-Type: text/${type}; charset=utf-8`], Buffer.from(letters));
  const parts = [
    ...(text === undefined ? [] : [words('plain', text)]),
    ...(html === undefined ? [] : [words('html', html)]),
    ...attachments.map(({ name, bytes, type = 'application/octet-stream', inline }) =>
      part(
        [
          `Content-Type: ${type}; name="=?UTF-8?B?${Buffer.from(name).toString('base64')}?="`,
          inline
            ? 'Content-Disposition: inline'
            : `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        ],
        bytes,
      ),
    ),
  ];
  return Buffer.from(
    [
      `From: ${from}`,
      'To: ventes@fournisseur.example',
      `Subject: =?UTF-8?B?${Buffer.from(subject).toString('base64')}?=`,
      `Date: ${date}`,
      'Message-ID: <1@librairie.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      ...parts.flatMap((each) => ['--b', each]),
      '--b--',
      '',
    ].join('\r\n'),
  );
}

interface Containers {
  utils: {
    cfb_new(): object;
    cfb_add(container: object, path: string, bytes: Buffer): void;
    cfb_del(container: object, path: string): void;
  };
  write(container: object, options: { type: 'buffer' }): Buffer;
}

/** A mail as Outlook saves it: a container with a stream for each of its properties. */
export function msg({
  from = 'achats@librairie.example',
  subject = 'Commande',
  text,
  html,
  attachments = [],
}: MadeMail = {}): Buffer {
  const { utils, write } = CFB as Containers;
  const container = utils.cfb_new();
  const put = (path: string, bytes: Buffer) => utils.cfb_add(container, path, bytes);
  const words = (path: string, letters: string) => put(path, Buffer.from(letters, 'utf16le'));
  put('__properties_version1.0', Buffer.alloc(32));
  words('__substg1.0_001A001F', 'IPM.Note');
  words('__substg1.0_0037001F', subject);
  words('__substg1.0_5D01001F', from);
  if (text !== undefined) words('__substg1.0_1000001F', text);
  if (html !== undefined) put('__substg1.0_10130102', Buffer.from(html));
  attachments.forEach(({ name, bytes, type = '' }, i) => {
    const folder = `__attach_version1.0_#${String(i).padStart(8, '0')}`;
    put(`${folder}/__properties_version1.0`, Buffer.alloc(8));
    words(`${folder}/__substg1.0_3707001F`, name);
    words(`${folder}/__substg1.0_370E001F`, type);
    put(`${folder}/__substg1.0_37010102`, bytes);
  });
  utils.cfb_del(container, '/\u0001Sh33tJ5');
  return write(container, { type: 'buffer' });
}
