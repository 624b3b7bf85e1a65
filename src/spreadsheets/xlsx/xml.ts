import { SaxesParser } from 'saxes';
import { SpreadsheetError } from '../errors';
import { asIs, refusal } from '../refusals';
import { Namespaces } from './namespaces';

/** An opening element. Names of attributes include their prefix. */
export interface Tag {
  attributes: Record<string, string>;
  namespaces: Namespaces;
}

/** Listener to the elements of a part, without those of foreign namespaces. */
export interface Listener {
  /** `name` is without prefix */
  open(name: string, tag: Tag): void;
  close?(name: string): void;
  /** letters in pieces, only while `wantsText` is true */
  text?(text: string): void;
  wantsText?: boolean;
}

/** Namespaces of spreadsheets: transitional, strict, and none (some programs forget it). */
const spreadsheet = [
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://purl.oclc.org/ooxml/spreadsheetml/main',
  '',
];
/** Namespaces of OpenDocument that carry what is read of a spreadsheet. */
const openDocument = ['office', 'table', 'text', 'style', 'drawing', 'manifest'].map(
  (name) => `urn:oasis:names:tc:opendocument:xmlns:${name}:1.0`,
);
const packageRelations = ['http://schemas.openxmlformats.org/package/2006/relationships', ''];
const namespacesOf = { spreadsheet, relations: packageRelations, opendocument: openDocument };
const relationIds = [
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'http://purl.oclc.org/ooxml/officeDocument/relationships',
];

/** Depth of elements that no spreadsheet reaches. */
const DEPTH = 200;

/**
 * Reads a part of a workbook. Throws `SpreadsheetError` `unreadable` if it is not well-formed, and the listener's
 * errors. Namespaces are resolved here, because saxes would make an object of every attribute, which takes a third of
 * the time for a large sheet.
 */
export async function readXml(
  name: string,
  bytes: AsyncIterable<Buffer>,
  listener: Listener,
  kind: keyof typeof namespacesOf = 'spreadsheet',
): Promise<void> {
  const namespaces = new Namespaces(namespacesOf[kind]);
  const parser = new SaxesParser({ xmlns: false, position: false });
  const unreadable = (what: string) => refusal.unreadable(asIs(`${name}: ${what.slice(0, 200)}`), name);
  parser.on('error', (error) => {
    throw unreadable(error.message);
  });
  parser.on('doctype', () => {
    throw refusal.doctype(name);
  });
  let depth = 0;
  parser.on('attribute', (attribute) => {
    if (attribute.name.startsWith('xmlns')) namespaces.declare(attribute.name, attribute.value);
  });
  const tag: Tag = { attributes: {}, namespaces };
  parser.on('opentag', (opened) => {
    if (++depth > DEPTH) throw unreadable(`elements nest deeper than ${DEPTH}`);
    namespaces.open(depth);
    const local = namespaces.ownName(opened.name);
    if (local === undefined) return;
    tag.attributes = opened.attributes;
    listener.open(local, tag);
  });
  parser.on('closetag', (closed) => {
    const local = listener.close && namespaces.ownName(closed.name);
    if (local !== undefined) listener.close?.(local);
    namespaces.close(depth);
    depth -= 1;
  });
  if (listener.text) {
    const text = (letters: string) => {
      if (listener.wantsText) listener.text?.(letters);
    };
    parser.on('text', text);
    parser.on('cdata', text);
  }
  try {
    for await (const text of decode(name, bytes)) parser.write(text);
    parser.close();
  } catch (error) {
    throw error instanceof SpreadsheetError ? error : unreadable(error instanceof Error ? error.message : 'unknown');
  }
}

/** Decodes XML by its byte order mark, its first bytes or its declaration. */
async function* decode(name: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  try {
    for await (const chunk of bytes) {
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder?.decode() ?? '';
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('ERR_ENCODING')) throw error;
    // invalid letters: a guess could read the text wrongly
    throw refusal.damaged({ en: 'a text is in no known encoding', fr: "un texte n'est dans aucun codage connu" }, name);
  }
}

function encodingOf(start: Buffer): string {
  const [a, b] = start;
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(
    start.toString('latin1', 0, 200),
  )?.[1];
  // a text that declares UTF-16 without being it is UTF-8
  return declared === undefined || /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}

/** Value of an attribute without prefix. */
export const attribute = (tag: Tag, name: string): string | undefined => tag.attributes[name];

/** Value of `r:id`, under any prefix. */
export function relationId({ attributes, namespaces }: Tag): string | undefined {
  const name = Object.keys(attributes).find((each) => {
    const [prefix = '', local] = each.split(':');
    return local === 'id' && relationIds.includes(namespaces.uriOf(prefix) ?? '');
  });
  return name === undefined ? undefined : attributes[name];
}

export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true' || value === 'on';

/** Reads letters that XML cannot hold, such as `_x000D_`; `_x005F_` is a real underscore. */
export const unescapeLetters = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** Copies a text, because a piece of a longer text keeps all of it in memory, which may be the whole file. */
export const ownText = (text: string): string => (text.length < 13 ? text : Buffer.from(text).toString());
