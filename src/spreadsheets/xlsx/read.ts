import type { Budget } from '../budget';
import { asIs, refusal } from '../refusals';
import type { Sheet, Workbook } from '../workbook';
import type { Package } from '../zip-scan';
import { readRelations, type Relation } from './relations';
import { readSheet, type SheetHead } from './sheet';
import { readStrings } from './strings';
import { readStyles } from './styles';
import { Values } from './values';
import { attribute, isTrue, readXml, relationId } from './xml';

/**
 * Our own reader: streams part by part, resolves namespaces, and keeps digits as the file writes them. Throws
 * `SpreadsheetError`; `unreadable` means that another reader may try.
 */
export async function readXlsx(parts: Package, budget: Budget): Promise<Workbook> {
  const main = await findBook(parts);
  const relations = await readRelations(parts, main);
  refuseMacrosAndLinks(relations);
  const book = await readBook(parts, main, relations);
  budget.countSheets(book.sheets.length);
  const part = (type: string) => relations.find((relation) => relation.type === type && !relation.external)?.target;
  const styles = await readStyles(parts, part('styles'));
  const strings = await readStrings(parts, part('sharedStrings'), budget);
  const values = new Values(strings, styles, book.date1904);
  const sheets: Sheet[] = [];
  for (const head of book.sheets) {
    const sheet = await readSheet(parts, head, values, budget);
    if (sheet) sheets.push(sheet);
    budget.checkTime();
  }
  if (sheets.length === 0) throw refusal.noSheets();
  return { sheets, reader: 'stream' };
}

/** Finds the part with the list of sheets, which the package names as its document. */
async function findBook(parts: Package): Promise<string> {
  const relations = await readRelations(parts, '');
  const document = relations.find(({ type, external }) => type === 'officeDocument' && !external)?.target;
  const part = document !== undefined && parts.has(document) ? document : 'xl/workbook.xml';
  if (!parts.has(part)) {
    throw refusal.notASpreadsheet({ en: 'a package without a workbook', fr: 'un paquet sans classeur' });
  }
  return part;
}

function refuseMacrosAndLinks(relations: Relation[]): void {
  for (const { type, target } of relations) {
    if (type === 'vbaProject' || /macrosheet$/i.test(type)) throw refusal.macros(target);
    if (type === 'externalLink') throw refusal.externalLinks(target);
  }
}

async function readBook(parts: Package, main: string, relations: Relation[]) {
  const sheets: SheetHead[] = [];
  let date1904 = false;
  let root: string | undefined;
  await readXml(main, parts.read(main), {
    open(name, tag) {
      root ??= name;
      if (name === 'workbookPr') date1904 = isTrue(attribute(tag, 'date1904'));
      if (name !== 'sheet') return;
      const title = attribute(tag, 'name') ?? '';
      const id = relationId(tag);
      const relation = relations.find((each) => each.id === id);
      if (relation && /^(chart|dialog)sheet$/i.test(relation.type)) return;
      if (relation?.external) throw refusal.externalLinks(title);
      if (!relation || !parts.has(relation.target)) {
        throw refusal.unreadable(
          {
            en: `the sheet "${title}" has no part in the file`,
            fr: `la feuille « ${title} » n'a pas de partie dans le fichier`,
          },
          title,
        );
      }
      sheets.push({ name: title, state: stateOf(attribute(tag, 'state')), part: relation.target });
    },
  });
  if (root === undefined) throw refusal.unreadable(asIs(`${main}: xmlns?`), main);
  if (root !== 'workbook') throw refusal.notASpreadsheet(asIs(`<${root.slice(0, 50)}>`));
  return { sheets, date1904 };
}

const stateOf = (state: string | undefined): Sheet['state'] =>
  state?.toLowerCase() === 'veryhidden' ? 'veryHidden' : state?.toLowerCase() === 'hidden' ? 'hidden' : 'visible';
