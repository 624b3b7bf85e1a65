import { MOST_IN_WINDOW, type OrderFiles, type SheetCell, type SheetWindow } from '../../schemas/order/sheets';
import type { OrderFile } from '../../schemas/order/run';
import { mediaTypeOf } from '../../src/documents/media-types';
import type { SheetReader } from '../../src/reading/sheets';
import type { SheetTiles } from '../../src/reading/tiles';
import type { Runs } from '../../src/runs';
import { SpreadsheetError } from '../../src/spreadsheets/errors';
import { meets, rangeOf, type Window } from '../../src/spreadsheets/window';
import { lettersOf } from '../../src/spreadsheets/xlsx/reference';
import { artifactOf } from '../artifacts/views';
import type { Call, Handlers } from '../part';
import { HttpProblem } from '../problem';
import type { sheetContracts } from './sheets-contract';

export interface SheetDependencies {
  runs: Pick<Runs, 'readOrder' | 'readOrderFiles' | 'readMarks'>;
  sheets: Pick<SheetReader, 'sheets' | 'window'>;
}

/** Merges that a window shows; more of them would overlap. */
const MOST_MERGES = 6_000;

export function sheetRoutes({ runs, sheets }: SheetDependencies): Handlers<typeof sheetContracts> {
  async function fileOf({ name, artifact }: OrderFile, index: number): Promise<OrderFiles['files'][number]> {
    const media_type = mediaTypeOf(name);
    const about = {
      file: index + 1,
      name,
      media_type,
      bytes: artifact.bytes,
      artifact: artifactOf({ ...artifact, media_type }),
    };
    try {
      const found = await sheets.sheets(artifact.artifact_id);
      return found ? { ...about, sheets: found.map(sheetOf) } : { ...about, sheets: [], refused: gone };
    } catch (error) {
      if (!(error instanceof SpreadsheetError)) throw error;
      return { ...about, sheets: [], refused: { code: error.code, message: error.text } };
    }
  }

  return {
    async listOrderFiles({ params }) {
      const order_id = params.order_id ?? '';
      const files = await runs.readOrderFiles(order_id);
      return { body: { order_id, files: await Promise.all(files.map(fileOf)) } satisfies OrderFiles };
    },

    async getOrderSheet(call) {
      const { order_id = '', ...params } = call.params;
      const [number, place] = [Number(params.file), Number(params.sheet)];
      const files = await runs.readOrderFiles(order_id);
      const file = files[number - 1];
      if (!file) throw new HttpProblem('not-found', `The order has ${files.length} files; none is number ${number}.`);
      const window = windowOf(call);
      const [found, { view }] = await Promise.all([
        sheets.window(file.artifact.artifact_id, place, window),
        runs.readOrder(order_id),
      ]);
      if (!found) throw new HttpProblem('not-found', `${file.name} has no sheet number ${place}.`);
      const range = rangeOf(window);
      const shown = { file: file.name, sheet: found.sheet.name, range };
      const { marks, more } = view.draft ? await runs.readMarks(view.draft, shown) : { marks: [], more: false };
      const inWindow = (from: number, to: number) => (one: number) => one >= from && one <= to;
      const body: SheetWindow = {
        order_id,
        file: number,
        ...sheetOf(found.sheet, place - 1),
        from_row: window.from_row,
        from_column: window.from_column,
        cells: found.cells.map((cell): SheetCell => ({ ...cell, ref: refOf(cell.row, cell.column) })),
        merges: found.sheet.merges
          .filter((merge) => meets(merge, range))
          .slice(0, MOST_MERGES)
          .map(mergeOf),
        hidden_rows: found.sheet.hiddenRows.filter(inWindow(range.top, range.bottom)),
        hidden_columns: found.sheet.hiddenColumns.filter(inWindow(range.left, range.right)),
        version: view.draft?.version,
        marks,
        more_marks: more,
      };
      return { body };
    },
  };
}

function windowOf({ query }: Call): Window {
  return {
    from_row: Number(query.from_row ?? 1),
    rows: Number(query.rows ?? MOST_IN_WINDOW.rows),
    from_column: Number(query.from_column ?? 1),
    columns: Number(query.columns ?? MOST_IN_WINDOW.columns),
  };
}

const sheetOf = ({ name, rows, columns, hidden }: SheetTiles, index: number) => ({
  sheet: index + 1,
  name,
  rows,
  columns,
  hidden,
});

const mergeOf = ({ top, left, bottom, right }: SheetTiles['merges'][number]): SheetWindow['merges'][number] => ({
  ref: `${refOf(top, left)}:${refOf(bottom, right)}`,
  row: top,
  column: left,
  rows: bottom - top + 1,
  columns: right - left + 1,
});

const refOf = (row: number, column: number): string => `${lettersOf(column)}${row}`;

const gone: NonNullable<OrderFiles['files'][number]['refused']> = {
  code: 'missing',
  message: { en: 'The file is not in the document store any more.', fr: 'Le fichier n’est plus dans le stockage.' },
};
