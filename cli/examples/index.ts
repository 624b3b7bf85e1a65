import { access, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Workbook, type Worksheet } from 'exceljs';
import { filledIn, good } from './goods';
import { fixZipTimes } from '../../src/spreadsheets/zip-times';

const made = new Date('2024-01-02T00:00:00Z');

/**
 * Writes workbooks to try the platform with into a folder, creating it if missing, and returns their paths:
 * `sample_order.xlsx` is a good order, `commande-incomplete.xlsx` lacks a quantity and a reference,
 * `catalogue-form.xlsx` has 2,000 products of which five are ordered. Always the same bytes.
 */
export async function writeExamples(dir: string): Promise<string[]> {
  await mkdir(dir, { recursive: true });
  const examples = { 'sample_order.xlsx': sampleOrder, 'commande-incomplete.xlsx': incompleteOrder, 'catalogue-form.xlsx': catalogueForm };
  const paths: string[] = [];
  for (const [name, fill] of Object.entries(examples)) {
    const path = join(dir, name);
    await writeFile(path, await bytesOf(fill));
    paths.push(path);
  }
  return paths;
}

/**
 * Puts the examples into `examples/orders` of a project, and `sample_order.xlsx` into its root too, so that the first
 * order of the guide can be sent as it is. Does nothing if it is there.
 */
export async function layOutExamples(root: string): Promise<void> {
  const sample = join(root, 'sample_order.xlsx');
  const folder = join(root, 'examples', 'orders');
  const there = await access(sample).then(
    () => true,
    () => false,
  );
  if (there) return;
  await writeExamples(folder);
  await copyFile(join(folder, 'sample_order.xlsx'), sample);
}

async function bytesOf(fill: (workbook: Workbook) => void): Promise<Buffer> {
  const workbook = new Workbook();
  workbook.created = workbook.modified = made;
  workbook.creator = workbook.lastModifiedBy = 'AWE';
  fill(workbook);
  return fixZipTimes(Buffer.from(await workbook.xlsx.writeBuffer()));
}

/** A good order; its form has the address and date of the delivery. */
function sampleOrder(workbook: Workbook): void {
  const sheet = workbook.addWorksheet('Order');
  makeHeader(sheet.addRow(['Reference', 'Description', 'Quantity', 'Unit', 'Unit price', 'Amount']).number, sheet);
  const quantities = [12, 5, 40, 3, 8];
  for (const [n, quantity] of quantities.entries()) {
    const { reference, description, price } = good(n * 11);
    const row = sheet.addRow([reference, description, quantity, 'pcs', price / 100]);
    row.getCell(6).value = { formula: `C${row.number}*E${row.number}`, result: (quantity * price) / 100 };
  }
  const total = quantities.reduce((sum, quantity, n) => sum + quantity * good(n * 11).price, 0);
  const last = quantities.length + 1;
  const row = sheet.addRow([undefined, undefined, undefined, undefined, 'Total']);
  row.getCell(6).value = { formula: `SUM(F2:F${last})`, result: total / 100 };
  setWidths(sheet, [14, 36, 10, 8, 12, 12], [5, 6]);
}

/** An order written by hand: figures as text, one row without a quantity, one without a reference. */
function incompleteOrder(workbook: Workbook): void {
  const sheet = workbook.addWorksheet('Bon de commande');
  sheet.addRow(['Librairie du Port']);
  sheet.addRow(['12 rue des Lilas, 69002 Lyon']);
  sheet.addRow([]);
  sheet.addRow(['BON DE COMMANDE']).font = { bold: true, size: 14 };
  sheet.mergeCells('A4:E4');
  sheet.addRow(['N° de commande', 'BC-2024-017']);
  sheet.addRow([]);
  makeHeader(sheet.addRow(['Réf.', 'Désignation', 'Qté', 'PU HT', 'Montant HT']).number, sheet);
  sheet.addRow(['PA-2001', 'Cahier à spirale 96 pages', 20, '2,45', '49,00']);
  sheet.addRow(['PA-2007', 'Stylo bille bleu', 100, '0,85', '85,00']);
  sheet.addRow(['PA-2015', 'Classeur à levier A4', undefined, '3,90', undefined]);
  sheet.addRow([undefined, 'Ruban adhésif transparent', 24, '1,10', '26,40']);
  sheet.addRow(['PA-2032', 'Lampe de bureau', 3, '1\u00a0045,00', '3\u00a0135,00']);
  sheet.addRow([undefined, undefined, undefined, 'Total HT', '3\u00a0295,40']);
  sheet.addRow([]);
  sheet.addRow(['Merci de confirmer la commande par courriel.']);
  setWidths(sheet, [18, 34, 8, 12, 14], []);
}

/** A form with everything that can be ordered; an empty quantity means none. */
function catalogueForm(workbook: Workbook): void {
  const sheet = workbook.addWorksheet('Order form');
  sheet.addRow(['Order form 2024']).font = { bold: true, size: 14 };
  sheet.addRow(['Please fill in the column "Order qty" and send the form back.']);
  sheet.addRow([]);
  makeHeader(sheet.addRow(['Item no.', 'Description', 'Unit price', 'Order qty']).number, sheet);
  for (let n = 0; n < 2_000; n++) {
    const { reference, description, price } = good(n);
    sheet.addRow([reference, description, price / 100, filledIn.get(n)]);
  }
  setWidths(sheet, [14, 40, 12, 12], [3]);
}

function makeHeader(row: number, sheet: Worksheet): void {
  sheet.getRow(row).font = { bold: true };
}

function setWidths(sheet: Worksheet, of: number[], money: number[]): void {
  of.forEach((width, index) => (sheet.getColumn(index + 1).width = width));
  for (const column of money) sheet.getColumn(column).numFmt = '#,##0.00';
}
