import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Case } from '../corpus/golden';
import { writeByCsv } from './csv';
import { writeByExceljs } from './exceljs';
import { writeByXml } from './xml';

/** Writes the case's workbook into the folder; returns the path. */
export async function writeCase({ file, book }: Case, dir: string): Promise<string> {
  const path = join(dir, file);
  const { dialect } = book;
  const writers = { exceljs: writeByExceljs, xml: writeByXml, csv: writeByCsv, bytes: () => dialect.bytes! };
  const bytes = await writers[dialect.writer](book);
  await writeFile(
    path,
    dialect.cutAt === undefined ? bytes : bytes.subarray(0, Math.floor(bytes.length * dialect.cutAt)),
  );
  return path;
}
