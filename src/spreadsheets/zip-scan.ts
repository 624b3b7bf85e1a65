import { setImmediate } from 'node:timers/promises';
import { refusal } from './refusals';
import { locateParts, readDirectory, type Entry } from './zip/directory';
import { inflate, type InflateLimits } from './zip/inflate';
import { openSource, type Source } from './zip/source';

export interface ZipLimits extends InflateLimits {
  entries: number;
}

export const zipLimits: ZipLimits = { entries: 2_000, inflatedBytes: 150 * 1024 * 1024, ratio: 300 };

/** Format of a workbook in a zip, by its parts. */
export type ZipKind = 'xlsx' | 'xlsb' | 'ods';

/** Parts of a checked workbook. Names are plain: lower case, `/` between folders but not in front. */
export interface Package {
  kind: ZipKind;
  names(): string[];
  has(name: string): boolean;
  /** unpacked bytes of the part; throws `SpreadsheetError` `damaged` if it does not exist */
  read(name: string): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** What is to see the unpacked bytes of a part; undefined for a part that does not matter. */
export type Watch = (name: string) => ((chunk: Buffer) => void) | undefined;

/** Milliseconds after which other work of this process has its turn: many small parts follow without a pause. */
const TURN = 20;

/** Checks an .xlsx. Throws `SpreadsheetError`. */
export async function scanWorkbook(path: string, limits: ZipLimits = zipLimits): Promise<void> {
  await (await openPackage(path, limits)).close();
}

/**
 * Opens an .xlsx after a check of the whole file, before anything in it is trusted. Counts the inflated bytes, and
 * refuses everything that an honest list of rows does not need: macros, links to other files, document types,
 * encryption, parts that overlap or lie about their size. `watch` sees all that the check unpacks.
 */
export async function openPackage(path: string, limits: ZipLimits, watch?: Watch): Promise<Package> {
  const file = await openSource(path);
  try {
    const entries = await scan(file, limits, watch);
    return {
      kind: kindOf(entries),
      names: () => [...entries.keys()],
      has: (name) => entries.has(name),
      read(name) {
        const entry = entries.get(name);
        if (!entry) throw refusal.damaged({ en: 'a part is missing', fr: 'une partie manque' }, name);
        return inflate(file, entry, limits);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function scan(file: Source, limits: ZipLimits, watch?: Watch): Promise<Map<string, Entry>> {
  const entries = await readDirectory(file, limits);
  const named = nameParts(entries);
  checkNames(named);
  await locateParts(file, entries);
  let inflated = 0;
  let turn = performance.now();
  for (const [name, entry] of named) {
    if (performance.now() > turn + TURN) {
      await setImmediate();
      turn = performance.now();
    }
    const doctype = isXml(name) ? doctypeFinder(entry.name) : undefined;
    const look = watch?.(name);
    for await (const chunk of inflate(file, entry, limits, limits.inflatedBytes - inflated)) {
      doctype?.(chunk);
      look?.(chunk);
    }
    inflated += entry.size;
  }
  return named;
}

/** Parts by plain name. Names that differ only in case are one part to Excel, and so to an attacker. */
function nameParts(entries: Entry[]): Map<string, Entry> {
  const named = new Map<string, Entry>();
  for (const entry of entries) {
    const name = entry.name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
    if (name.endsWith('/') && entry.size === 0) continue; // a folder
    if (name.split('/').includes('..')) {
      throw refusal.damaged({ en: 'a part has a wrong name', fr: 'une partie a un nom incorrect' }, entry.name);
    }
    if (named.has(name)) {
      throw refusal.damaged({ en: 'it holds a part twice', fr: 'il contient deux fois une partie' }, entry.name);
    }
    named.set(name, entry);
  }
  return named;
}

function checkNames(named: Map<string, Entry>): void {
  for (const [name, { flags, method }] of named) {
    if (flags & 1) throw refusal.encrypted(name);
    if (method !== 0 && method !== 8) {
      throw refusal.damaged(
        { en: 'a part is packed in an unknown way', fr: "une partie est compressée d'une manière inconnue" },
        name,
      );
    }
  }
  const names = [...named.keys()];
  if (kindOf(named) === 'ods') return refuseScripts(names);
  const isBinary = kindOf(named) === 'xlsb';
  const isWorkbook = names.some((name) => /(^|\/)workbook[^/]*\.xml$/.test(name));
  if (!isWorkbook && !isBinary && !named.has('[content_types].xml')) throw refusal.notASpreadsheet(kindOfZip(named));
  if (names.some((name) => name.startsWith('word/') || name.startsWith('ppt/')) && !isWorkbook && !isBinary) {
    throw refusal.notASpreadsheet(kindOfZip(named));
  }
  for (const name of names) {
    if (name.endsWith('vbaproject.bin') || /^xl\/(intl)?macrosheets\//.test(name)) throw refusal.macros(name);
    if (name.startsWith('xl/externallinks/')) throw refusal.externalLinks(name);
  }
}

/** A spreadsheet of OpenDocument has no folders of other formats; a text or a drawing is told by its media type. */
const kindOf = (named: Map<string, Entry>): ZipKind =>
  [...named.keys()].some((name) => /(^|\/)workbook\.bin$/.test(name))
    ? 'xlsb'
    : named.has('content.xml') && named.has('mimetype') && !named.has('[content_types].xml')
      ? 'ods'
      : 'xlsx';

function refuseScripts(names: string[]): void {
  const script = names.find((name) => /^(basic|scripts)\/./.test(name));
  if (script !== undefined) throw refusal.macros(script);
}

function kindOfZip(named: Map<string, Entry>): { en: string; fr: string } {
  const names = [...named.keys()];
  if (names.some((name) => name.startsWith('word/'))) return { en: 'a Word document', fr: 'un document Word' };
  if (names.some((name) => name.startsWith('ppt/'))) return { en: 'a presentation', fr: 'une présentation' };
  return named.size === 0
    ? { en: 'an empty archive', fr: 'une archive vide' }
    : { en: 'an archive of other files', fr: "une archive d'autres fichiers" };
}

const isXml = (name: string): boolean => /\.(xml|rels|vml)$/.test(name);

/** Finds a document type in XML of any encoding; without its zero bytes, UTF-16 reads like ASCII. */
function doctypeFinder(name: string): (chunk: Buffer) => void {
  let rest = '';
  return (chunk) => {
    // bytes are searched first, because text is costly and hardly any part has such a mark
    if (
      rest === '' &&
      !chunk.includes('<!') &&
      !chunk.includes('<\0!') &&
      chunk.at(-1) !== 0x3c &&
      chunk.at(-1) !== 0
    ) {
      return;
    }
    const text = rest + chunk.toString('latin1').replaceAll('\0', '');
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw refusal.doctype(name);
    const cut = text.lastIndexOf('<');
    rest = cut >= 0 && text.length - cut < 10 ? text.slice(cut) : '';
  };
}
