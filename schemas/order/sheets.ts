import { Type, type Static } from 'typebox';
import { ArtifactLink } from '../api';
import { Bilingual } from '../language';

/** The files of an order as they were sent. Files, sheets, rows and columns count from 1. */

/** Rows and columns that a window may have. */
export const MOST_IN_WINDOW = { rows: 200, columns: 60 };

const Place = Type.Integer({ minimum: 1 });
const Count = Type.Integer({ minimum: 0 });

const sheet = {
  sheet: Place,
  name: Type.String({ description: 'as the evidence names it; `csv` of a text file' }),
  rows: Type.Integer({ minimum: 0, description: 'the last row that holds something' }),
  columns: Type.Integer({ minimum: 0, description: 'the last column that holds something' }),
  hidden: Type.Boolean(),
};

/** `GET /orders/:id/files` */
export const OrderFiles = Type.Object(
  {
    order_id: Type.String(),
    files: Type.Array(
      Type.Object({
        file: Place,
        name: Type.String({ description: 'as its sender and the evidence name it' }),
        media_type: Type.String({ description: 'by the ending of its name' }),
        bytes: Count,
        artifact: ArtifactLink,
        sheets: Type.Array(Type.Object(sheet), { description: 'none of a mail, nor of a file that cannot be read' }),
        refused: Type.Optional(
          Type.Object({ code: Type.String(), message: Bilingual }, { description: 'why its sheets cannot be shown' }),
        ),
      }),
    ),
  },
  { $id: 'OrderFiles' },
);
export type OrderFiles = Static<typeof OrderFiles>;

export const SheetCell = Type.Object({
  row: Place,
  column: Place,
  ref: Type.String({ description: '`B7`' }),
  text: Type.String({ description: 'as the sheet shows it; days as YYYY-MM-DD. Empty where a note stands alone' }),
  kind: Type.Enum(['text', 'number', 'date', 'time', 'boolean', 'error']),
  note: Type.Optional(Type.String({ description: 'that somebody has put on the cell' })),
  bold: Type.Optional(Type.Boolean()),
  struck: Type.Optional(Type.Boolean({ description: 'struck through, in whole or in part' })),
  fill: Type.Optional(
    Type.String({ description: 'colour as the file names it: `rgb C6EFCE`, `theme 4 0.6`; equal ones look the same' }),
  ),
  computed: Type.Optional(Type.Boolean({ description: 'from its formula, for which the file has no result' })),
  cut: Type.Optional(Type.Boolean({ description: 'its text or its note goes on beyond 500 letters' })),
});
export type SheetCell = Static<typeof SheetCell>;

/** A cell that the draft names: the source of a value, or evidence of an anomaly. */
const SheetMark = Type.Object({
  ref: Type.String({ description: 'a cell `B7`, or a range `B7:D7`' }),
  path: Type.String({ description: 'JSON Pointer into the draft: of a value, a remark, a total, or an anomaly' }),
  line_id: Type.Optional(Type.String()),
  code: Type.Optional(Type.String({ description: 'of the anomaly' })),
});

/** `GET /orders/:id/files/:file/sheets/:sheet` */
export const SheetWindow = Type.Object(
  {
    order_id: Type.String(),
    file: Place,
    ...sheet,
    from_row: Place,
    from_column: Place,
    cells: Type.Array(SheetCell, { description: 'those that are filled or have a note, row by row' }),
    merges: Type.Array(
      Type.Object({
        ref: Type.String({ description: '`B7:D9`; its first cell holds the value' }),
        row: Place,
        column: Place,
        rows: Place,
        columns: Place,
      }),
      { description: 'those that reach into the window' },
    ),
    hidden_rows: Type.Array(Place, { description: 'filled rows of the window that the sheet does not show' }),
    hidden_columns: Type.Array(Place),
    version: Type.Optional(Type.Integer({ minimum: 1, description: 'of the draft that the marks are of' })),
    marks: Type.Array(SheetMark, { description: 'the first 5,000; none before the order is read' }),
    more_marks: Type.Boolean(),
  },
  { $id: 'SheetWindow' },
);
export type SheetWindow = Static<typeof SheetWindow>;
