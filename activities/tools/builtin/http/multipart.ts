import { createHash } from 'node:crypto';
import type { Documents } from '../../../../src/documents/content';
import { httpError } from './errors';
import { entriesOf } from './fields';
import type { Multipart } from './schema';

/** Bytes of all files of a form together: they are in memory while they are sent. */
const MOST = 64 * 1024 * 1024;

/** A form with files. The same form gives the same bytes. @throws ToolError, DocumentError */
export async function multipartBody(
  { fields, files }: Multipart,
  documents: Pick<Documents, 'readArtifact'>,
): Promise<{ type: string; content: Uint8Array }> {
  const total = files.reduce((sum, { artifact }) => sum + artifact.bytes, 0);
  if (total > MOST) throw httpError('input', 'http.bad_request', `files of ${total} bytes; a form takes ${MOST}`);
  const parts: Buffer[] = [];
  const boundary = `awe-${createHash('sha256')
    .update(JSON.stringify([fields, files]))
    .digest('hex')
    .slice(0, 32)}`;
  const part = (head: string, content: Uint8Array): void =>
    void parts.push(Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), Buffer.from(content), Buffer.from('\r\n'));
  for (const [name, value] of entriesOf(fields))
    part(`content-disposition: form-data; name="${quoted(name)}"`, Buffer.from(value));
  for (const { name, artifact, filename } of files) {
    const bytes = await documents.readArtifact(artifact.artifact_id, { maxBytes: MOST });
    if (!bytes) throw httpError('input', 'http.bad_request', `there is no artifact ${artifact.path}`);
    const file = filename ?? artifact.path.split('/').at(-1) ?? 'file';
    const disposition = `content-disposition: form-data; name="${quoted(name)}"; filename="${quoted(file)}"`;
    part(`${disposition}\r\ncontent-type: ${oneLine(artifact.media_type)}`, bytes);
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, content: Buffer.concat(parts) };
}

/** A name within quotes, as browsers write it: it can neither end the quotes nor the line. */
const quoted = (text: string): string => text.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
