import { SaxesParser } from 'saxes';
import { SpreadsheetError } from '../errors';
import { asIs, refusal } from '../refusals';
import { Namespaces } from './namespaces';

/** An element as it opens. Attributes have the names that stand there, prefix and all. */
export interface Tag {
  attributes: Record<string, string>;
  namespaces: Namespaces;
}

/** What is done with a part as it is read. Elements of foreign namespaces are not told. */
export interface Listener {
  /** `name` is without its prefix, whatever that is */
  open(name: string, tag: Tag): void;
  close?(name: string): void;
  /** letters as they come, in pieces; asked for only while `wantsText` is true */
  text?(text: string): void;
  wantsText?: boolean;
}

/** Transitional, strict, and none at all (some programs forget it). */
const spreadsheet = [
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
  'http://purl.oclc.org/ooxml/spreadsheetml/main',
  '',
];
const packageRelations = ['http://schemas.openxmlformats.org/package/2006/relationships', ''];
const relationIds = [
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'http://purl.oclc.org/ooxml/officeDocument/relationships',
];

/** Deeper than any spreadsheet's. */
const DEPTH = 200;

/**
 * Reads a part of a workbook. Throws `SpreadsheetError` `unreadable` where it is not well-formed, and what the
 * listener throws. Namespaces are resolved here: saxes would make an object of every attribute, which for the cells
 * of a large sheet is a third of the time.
 */
export async function readXml(
  name: string,
  bytes: AsyncIterable<Buffer>,
  listener: Listener,
  kind: 'spreadsheet' | 'relations' = 'spreadsheet',
): Promise<void> {
  const namespaces = new Namespaces(kind === 'spreadsheet' ? spreadsheet : packageRelations);
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
    if (++depth > DEPTH) throw unreadable(`elements in elements, more than ${DEPTH}`);
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

/** XML as text: by its byte order mark, its first bytes, or what it declares. */
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
    // letters that are none: to guess at them would be to read wrongly
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
  // what declares UTF-16 and is none is UTF-8
  return declared === undefined || /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}

/** An attribute without prefix. */
export const attribute = (tag: Tag, name: string): string | undefined => tag.attributes[name];

/** `r:id`, under whatever prefix. */
export function relationId({ attributes, namespaces }: Tag): string | undefined {
  const name = Object.keys(attributes).find((each) => {
    const [prefix = '', local] = each.split(':');
    return local === 'id' && relationIds.includes(namespaces.uriOf(prefix) ?? '');
  });
  return name === undefined ? undefined : attributes[name];
}

export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true' || value === 'on';

/** `_x000D_` is how the format writes a letter that XML cannot hold; `_x005F_` an underscore that is one. */
export const unescapeLetters = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** A copy: a piece of a longer text keeps all of that in memory, which for a sheet is the whole file. */
export const ownText = (text: string): string => (text.length < 13 ? text : Buffer.from(text).toString());
