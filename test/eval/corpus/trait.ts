import { Workbook, type Dialect } from './book';
import { Chance } from './chance';
import { emptyGolden, type Case, type Golden } from './golden';

/** The means by which a variant of a trait builds its workbook. */
export interface Draft {
  chance: Chance;
  book: Workbook;
  golden: Golden;
  /** the language that the order came in, for dates that depend on it */
  language: (language: 'en' | 'fr') => void;
  dialect: (dialect: Partial<Dialect>) => void;
  must: (code: string, sheet?: string, rows?: number[]) => void;
  may: (code: string, sheet?: string, rows?: number[]) => void;
}
export type Variant = (draft: Draft) => void;

/** A form in which orders come, with several workbooks of it. */
export interface Trait {
  name: string;
  variants: Variant[];
}

/** The cases of a trait; each has chance of its own, so that it is the same alone as among all. */
export function casesOf({ name, variants }: Trait, seed: number): Case[] {
  return variants.map((variant, index) => {
    const book = new Workbook();
    const golden = emptyGolden();
    const made: Case = { trait: name, file: '', language: 'en', book, golden };
    const flag = (list: Golden['must']) => (code: string, sheet?: string, rows?: number[]) => {
      list.push({ code, ...(sheet === undefined ? {} : { sheet }), ...(rows === undefined ? {} : { rows }) });
    };
    variant({
      chance: new Chance(`${seed}/${name}/${index}`),
      book,
      golden,
      language: (language) => (made.language = language),
      dialect: (dialect) => (book.dialect = { ...book.dialect, ...dialect }),
      must: flag(golden.must),
      may: flag(golden.may),
    });
    made.file = `${name}-${index + 1}.${book.dialect.writer === 'csv' ? 'csv' : 'xlsx'}`;
    return made;
  });
}
