import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

export interface Part {
  name: string;
  bytes: Buffer | string;
  /** stated size and checksum */
  size?: number;
  crc?: number;
  flags?: number;
  method?: number;
  /** stated offset of its bytes, instead of the real one */
  offset?: number;
}

/** Makes a zip as a program, or an attacker, writes it. `zip64` uses the form for large files. */
export function zip(parts: Part[], { zip64 = false } = {}): Buffer {
  const pieces: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, flags = 0, method = 8, ...said } of parts) {
    const whole = Buffer.from(bytes);
    const packed = method === 8 ? deflateRawSync(whole) : whole;
    const size = said.size ?? whole.length;
    const crc = said.crc ?? crc32(whole);
    const at = said.offset ?? offset;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const extra = Buffer.alloc(zip64 ? 28 : 0);
    if (zip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      extra.writeBigUInt64LE(BigInt(size), 4);
      extra.writeBigUInt64LE(BigInt(packed.length), 12);
      extra.writeBigUInt64LE(BigInt(at), 20);
    }
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(zip64 ? 0xffffffff : packed.length, 20);
    entry.writeUInt32LE(zip64 ? 0xffffffff : size, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt16LE(extra.length, 30);
    entry.writeUInt32LE(zip64 ? 0xffffffff : at, 42);
    pieces.push(local, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name), extra);
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : parts.length, 8);
  end.writeUInt16LE(zip64 ? 0xffff : parts.length, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : directory.length, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  if (!zip64) return Buffer.concat([...pieces, directory, end]);
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(parts.length), 24);
  record.writeBigUInt64LE(BigInt(parts.length), 32);
  record.writeBigUInt64LE(BigInt(directory.length), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + directory.length), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([...pieces, directory, record, locator, end]);
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const STRICT = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
const STRICT_REL = 'http://purl.oclc.org/ooxml/officeDocument/relationships';

export interface Made {
  /** contents of `<sheetData>`, sheet by sheet */
  sheets?: (
    string | { name?: string; rows?: string; state?: string; before?: string; after?: string; part?: string }
  )[];
  strings?: string;
  /** contents of `<styleSheet>` */
  styles?: string;
  workbookPr?: string;
  /** `x` writes all elements as `x:row` */
  prefix?: string;
  strict?: boolean;
  /** encoding of parts; UTF-8 by default */
  encode?: (xml: string) => Buffer;
  /** changes or adds parts */
  parts?: (parts: Part[]) => Part[];
  zip64?: boolean;
}

/** Makes a workbook from pieces of XML that no program would write. */
export function xlsx(made: Made = {}): Buffer {
  const main = made.strict ? STRICT : MAIN;
  const rel = made.strict ? STRICT_REL : REL;
  const p = made.prefix === undefined ? '' : `${made.prefix}:`;
  const encode = made.encode ?? ((xml: string) => Buffer.from(xml));
  const element = (name: string, inside: string) => {
    const body = p === '' ? inside : inside.replace(/<(\/?)(?=[a-z])/gi, `<$1${p}`);
    const space = p === '' ? `xmlns="${main}"` : `xmlns:${made.prefix}="${main}"`;
    return encode(
      `<?xml version="1.0" standalone="yes"?>\n<${p}${name} ${space} xmlns:r="${rel}">${body}</${p}${name}>`,
    );
  };
  const sheets = (made.sheets ?? ['']).map((sheet) => (typeof sheet === 'string' ? { rows: sheet } : sheet));
  const relations = (list: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${rel}/${type}" Target="${target}"/>`;
  const parts: Part[] = [
    {
      name: '[Content_Types].xml',
      bytes: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    },
    { name: '_rels/.rels', bytes: relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]) },
    {
      name: 'xl/workbook.xml',
      bytes: element(
        'workbook',
        `${made.workbookPr ?? ''}<sheets>${sheets
          .map(
            ({ name, state }, index) =>
              `<sheet name="${name ?? `Sheet${index + 1}`}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`,
          )
          .join('')}</sheets>`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      bytes: relations([
        ...sheets.map((_, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`)),
        ...(made.strings === undefined ? [] : [relation('rIdS', 'sharedStrings', 'sharedStrings.xml')]),
        ...(made.styles === undefined ? [] : [relation('rIdT', 'styles', '/xl/styles.xml')]),
      ]),
    },
    ...sheets.map(({ rows = '', before = '', after = '' }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      bytes: element('worksheet', `${before}<sheetData>${rows}</sheetData>${after}`),
    })),
    ...(made.strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', bytes: element('sst', made.strings) }]),
    ...(made.styles === undefined ? [] : [{ name: 'xl/styles.xml', bytes: element('styleSheet', made.styles) }]),
  ];
  return zip(made.parts ? made.parts(parts) : parts, { zip64: made.zip64 ?? false });
}

/** Styles in which number n has the nth format. */
export const formats = (...codes: string[]): string =>
  `<numFmts>${codes.map((code, index) => `<numFmt numFmtId="${200 + index}" formatCode="${code.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"/>`).join('')}</numFmts>` +
  `<cellXfs>${codes.map((_, index) => `<xf numFmtId="${200 + index}"/>`).join('')}</cellXfs>`;

/** Makes a folder for files of a test, which is removed after the tests of the file. */
export function files(): (bytes: Uint8Array | string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'awe-spreadsheets-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let counter = 0;
  return (bytes) => {
    const path = join(folder, `${(counter += 1)}`);
    writeFileSync(path, bytes);
    return path;
  };
}
