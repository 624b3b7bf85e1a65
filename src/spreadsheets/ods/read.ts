import type { Budget } from '../budget';
import { refusal } from '../refusals';
import type { Sheet, Workbook } from '../workbook';
import { attribute, readXml, type Tag } from '../xlsx/xml';
import type { Package } from '../zip-scan';
import { OdsSheet } from './sheet';
import { readOdsStyles } from './styles';

/**
 * Reads an OpenDocument spreadsheet (.ods) as a stream. Digits, days and formulas are those of the file, and hidden
 * sheets, rows and columns, struck cells and notes are told. Throws `SpreadsheetError`.
 */
export async function readOds(parts: Package, budget: Budget): Promise<Workbook> {
  await checkOds(parts);
  const styleOf = await readOdsStyles(parts);
  budget.checkTime();
  const sheets: Sheet[] = [];
  let sheet: OdsSheet | undefined;
  /** tables that are open: one inside another is part of a cell; changes and links of a document hold tables too */
  let depth = 0;
  let aside = 0;
  const listener = {
    wantsText: false,
    open(name: string, tag: Tag) {
      if (ASIDE.has(name)) aside += 1;
      if (aside > 0) return;
      if (name === 'table-source') throw refusal.externalLinks(part);
      if (name === 'table') {
        depth += 1;
        if (depth === 1) {
          budget.countSheets(sheets.length + 1);
          const hidden = styleOf('table', attribute(tag, 'table:style-name')).hidden;
          const title = attribute(tag, 'table:name') ?? `Sheet${sheets.length + 1}`;
          sheet = new OdsSheet(title, hidden ? 'hidden' : 'visible', styleOf, budget);
          return;
        }
      }
      sheet?.open(name, tag);
      listener.wantsText = sheet?.wantsText ?? false;
    },
    close(name: string) {
      if (aside > 0) {
        if (ASIDE.has(name)) aside -= 1;
        return;
      }
      if (name === 'table') {
        depth -= 1;
        if (depth === 0 && sheet) {
          sheets.push(sheet.sheet());
          sheet = undefined;
          listener.wantsText = false;
          return;
        }
      }
      sheet?.close(name);
      listener.wantsText = sheet?.wantsText ?? false;
    },
    text: (letters: string) => sheet?.text(letters),
  };
  const part = 'content.xml';
  await readXml(part, parts.read(part), listener, 'opendocument');
  if (sheets.length === 0) throw refusal.noSheets();
  return { sheets, reader: 'ods' };
}

/** Elements beside the sheets that hold tables or cells of their own. */
const ASIDE = new Set(['tracked-changes', 'dde-links', 'content-validations', 'shapes', 'forms']);

/** Refuses documents of other kinds, and protected ones, which list how each of their parts is encrypted. */
export async function checkOds(parts: Package): Promise<void> {
  let type = '';
  for await (const chunk of parts.read('mimetype')) type += chunk.toString('latin1', 0, 200);
  if (!/^application\/vnd\.oasis\.opendocument\.spreadsheet\b/.test(type.trim()))
    throw refusal.notASpreadsheet({
      en: 'an OpenDocument file of another kind',
      fr: "un fichier OpenDocument d'une autre sorte",
    });
  const manifest = 'meta-inf/manifest.xml';
  if (!parts.has(manifest)) return;
  const listener = {
    open(name: string) {
      if (name === 'encryption-data') throw refusal.encrypted(manifest);
    },
  };
  await readXml(manifest, parts.read(manifest), listener, 'opendocument');
}
