import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook } from 'exceljs';
import { Chance } from '../../eval/corpus/chance';
import { ean13 } from '../../eval/corpus/goods';
import { writeCase } from '../../eval/write';
import { corpus, traits } from '../../eval/traits';

describe('the corpus', () => {
  let dir: string;
  beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'awe-corpus-'))));
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('has at least 60 workbooks, each trait under one name', () => {
    expect(corpus(1).length).toBeGreaterThanOrEqual(60);
    expect(new Set(traits.map(({ name }) => name)).size).toBe(traits.length);
  });

  it('is the same for the same seed, byte for byte, and another for another', async () => {
    const digest = async (seed: number) => {
      const cases = corpus(seed, ['isbn', 'dialects', 'csv']);
      const files = [];
      for (const one of cases) files.push(await readFile(await writeCase(one, dir)));
      return createHash('sha256').update(Buffer.concat(files)).digest('hex');
    };
    const first = await digest(5);
    expect(await digest(5)).toBe(first);
    expect(await digest(6)).not.toBe(first);
  });

  it('has ISBNs whose check digit is right', () => {
    const chance = new Chance(3);
    for (let i = 0; i < 200; i++) {
      const sum = [...ean13(chance, '978')].reduce((all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
      expect(sum % 10).toBe(0);
    }
  });

  it('writes by its own XML what exceljs opens again, with the ordered quantities where golden says', async () => {
    const cases = corpus(11, ['formulas-cached', 'damaged-codes', 'leading-zeros']).filter(
      ({ book }) => book.dialect.writer === 'xml',
    );
    expect(cases.length).toBeGreaterThan(3);
    for (const one of cases) {
      const workbook = new Workbook();
      await workbook.xlsx.readFile(await writeCase(one, dir));
      for (const { sheet, row, column, values } of one.golden.lines) {
        expect(String(workbook.getWorksheet(sheet)!.getCell(row, column).value)).toBe(values.quantity);
      }
    }
  });
});
