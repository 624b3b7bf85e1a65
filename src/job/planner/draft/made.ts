import type { Condition, Format } from '../reading';

/** Something that a step gives, or that was there before: rows, an answer, a figure, a file. */
export interface Made {
  /** names that it may be called by: the words for it, the last part of its address, the stem of its file */
  labels: string[];
  form: 'data' | 'figure' | 'text' | 'file';
  /** the step, and the path into its output */
  step?: string;
  path: string;
  /** an expression instead, for what no step gives */
  root?: string;
  /** a file that is read when somebody needs what is in it; `path` of the workspace or an artifact of the step */
  file?: { path?: string; format: Format; sheet?: string; delimiter?: string };
  /** rows of a file, once a step has read them */
  rows?: Made;
  /** its answer was asked by HTTP, so that it has a status */
  answer?: boolean;
  /** a figure that it holds: its name */
  figure?: string;
  /** it was computed for a condition alone */
  asked?: boolean;
  /** the field that rows were chosen by last, by its size */
  compared?: string;
  /** the conditions that its rows were chosen by last, and the rows before that */
  chosen?: { by: Condition[]; from: () => Made };
  /** its rows are in an order that was asked for */
  sorted?: boolean;
  /** its columns, where they are known */
  columns?: string[];
  /** the columns that hold figures of groups */
  figures?: string[];
  /** the clause that made it */
  clause: number;
  /** another one was made of it */
  consumed: boolean;
  /** it went somewhere */
  used: boolean;
}

const TEXTS = new Set(['txt', 'log', 'tpl', 'hbs', 'xml', 'yaml', 'yml', 'sql', 'jsonl', 'ndjson']);
const BINARY = new Set([
  'pdf',
  'docx',
  'zip',
  'gz',
  'png',
  'jpg',
  'jpeg',
  'gif',
  'svg',
  'webp',
  'mp3',
  'mp4',
  'bin',
  'dat',
  'parquet',
  'db',
  'sqlite',
  'ods',
]);

/** The format of a path, by its extension. */
export function formatOf(path: string): Format | undefined {
  const extension = /\.([A-Za-z]\w*)$/.exec(path.replace(/[?#].*$/, ''))?.[1]?.toLowerCase();
  const formats: { [extension: string]: Format } = {
    json: 'json',
    csv: 'csv',
    tsv: 'csv',
    xlsx: 'xlsx',
    xls: 'xlsx',
    md: 'markdown',
    html: 'html',
    htm: 'html',
  };
  if (extension === undefined) return undefined;
  return formats[extension] ?? (BINARY.has(extension) ? 'binary' : TEXTS.has(extension) ? 'text' : undefined);
}
