import { Workbook as ExcelWorkbook, type CellValue } from 'exceljs';
import { fixZipTimes } from '../../../src/spreadsheets/zip-times';
import type { Cell, Workbook } from '../corpus/book';

/** Writes the usual form, like most programs, by exceljs. */
export async function writeByExceljs(book: Workbook): Promise<Buffer> {
  const excel = new ExcelWorkbook();
  excel.created = excel.modified = new Date('2026-01-05T08:00:00Z');
  excel.properties.date1904 = book.date1904;
  for (const sheet of book.sheets) {
    const out = excel.addWorksheet(sheet.name, { state: sheet.state });
    for (const [number, cells] of sheet.rows) {
      for (const [column, cell] of cells) {
        const target = out.getCell(number, column);
        target.value = valueOf(cell);
        if (cell.format !== undefined) target.numFmt = cell.format;
        if (cell.bold) target.font = { bold: true };
        if (cell.remark !== undefined) target.note = cell.remark;
      }
    }
    for (const { top, left, bottom, right } of sheet.merges) out.mergeCells(top, left, bottom, right);
    for (const row of sheet.hiddenRows) out.getRow(row).hidden = true;
    for (const column of sheet.hiddenColumns) out.getColumn(column).hidden = true;
  }
  return fixZipTimes(Buffer.from(await excel.xlsx.writeBuffer()));
}

function valueOf(cell: Cell): CellValue {
  const cached =
    cell.error !== undefined
      ? { error: cell.error as '#REF!' }
      : (cell.text ?? (cell.number === undefined ? cell.boolean : Number(cell.number)));
  if (cell.formula !== undefined) {
    // the type requires a date property that the writer does not need
    return { formula: cell.formula, ...(cached === undefined ? {} : { result: cached }) };
  }
  return cached ?? null;
}
