import type { Found, Input, Slots, ValueType } from '../grammar/input';

/** Files of the workspace: those of a folder, of a pattern, of an age. */
export interface FileSet {
  folder?: string;
  /** a pattern of names, such as `*.csv` */
  pattern?: string;
  /** a duration: only those that are older */
  age?: string;
  /** a word before the files that a pattern beside it explains: "temporary files (*.tmp)" */
  kind?: string;
  /** it was said that files of folders below it are meant too */
  recursive?: boolean;
}

/** Words for the files themselves. */
const FILES = [
  '[all] $glob:pattern [file]',
  '[all] ($extension:pattern|$format:format) file',
  '[all] $extension:pattern',
  '[all] [$identifier:kind] file [$identifier:kind] open [only] ($glob:pattern|$extension:pattern) [only] close',
  '[all] file ($glob:pattern|$extension:pattern|$format:format)',
  '[all] file',
  '(what|everything|any) [that] [be] (matching|ends|contains) $glob:pattern',
  'everything',
  '[all] pdfs:pdfs [file]',
  '[all] folder [called] $folder_name:folder',
  '$folder_name:folder folder',
];

/** Words that say which ones, in any order. */
const WHICH = [
  'within [folder] [called] $folder_name:folder [folder]',
  'within workspace',
  '[that] [be] (matching|called|in) $glob:pattern',
  '[that|whose] [file_name|called|noun] ends ($glob:pattern|$extension:pattern)',
  '[open] [only] (with|in) $format:format [only] [close]',
  '(only|open|colon) [only] ($glob:pattern|$extension:pattern|$format:format|pdfs:pdfs) [only] [file] [only] [close]',
  '[that] [be|has] older $duration:age [old]',
  '[open] only [data|file|everything|them] older $duration:age [old] [close]',
  'that [be] remaining',
  'recursively:recursive',
];

const EXTENSIONS: { [format: string]: string } = { markdown: 'md', text: 'txt' };

/** "all *.csv files in exports/ older than 30 days", "du dossier tmp les *.bak de plus de 10 jours". */
export const fileset: ValueType = (input, at) => {
  const found: Found[] = [];
  const go = (start: number, set: FileSet, isNamed: boolean, depth: number) => {
    if (isNamed && (set.folder ?? set.pattern ?? set.age) !== undefined) found.push({ end: start, value: set });
    if (depth > 4) return;
    for (const [shapes, names] of [
      [isNamed ? [] : FILES, true],
      [WHICH, isNamed],
    ] as const)
      for (const shape of shapes)
        for (const { end, slots } of input.match(shape, after(input, start))) {
          const next = end > start ? merged(set, slots) : undefined;
          if (next) go(end, next, names, depth + 1);
        }
  };
  go(at, {}, false, 0);
  return found;
};

/** "…, only those older than 14 days": a sign between what is said of them. */
const after = (input: Input, at: number): number => {
  const next = /^[,–—-]$/.test(input.tokens[at]?.text ?? '') ? at + 1 : at;
  const and = input.skip(next, 'and');
  // "matching *.bak and older than 30 days"
  return and > next && input.match('[that|be|has|light] (older|matching)', and).length > 0 ? and : next;
};

/** A set with what was said besides; undefined where it says something twice. */
function merged(set: FileSet, { folder, pattern, format, age, pdfs, kind, recursive }: Slots): FileSet | undefined {
  const glob = pdfs === true ? '*.pdf' : typeof format === 'string' ? `*.${EXTENSIONS[format] ?? format}` : pattern;
  const next: FileSet = { ...set, ...(recursive === true ? { recursive } : {}) };
  // "everything in totals.xlsx" is what is in it
  if (typeof folder === 'string' && /\.\w{2,5}$/.test(folder)) return undefined;
  for (const [name, value] of [
    ['folder', folder],
    ['pattern', glob],
    ['age', age],
    ['kind', kind],
  ] as const) {
    if (typeof value !== 'string') continue;
    if (set[name] !== undefined && set[name] !== value) return undefined;
    next[name] = value;
  }
  return next;
}

/** The same, with a folder or a pattern: "a CSV file" alone may be one that is to be made. */
export const placedFiles: ValueType = (input, at) =>
  fileset(input, at).filter(({ value, end }) => {
    const { folder } = value as FileSet;
    return (
      folder !== undefined ||
      input.tokens.slice(at, end).some(({ kind, text }) => kind === 'path' && text.includes('*'))
    );
  });
