import { Type } from 'typebox';
import { Identifier } from '../../schemas/json';
import { MOST_IN_WINDOW, OrderFiles, SheetWindow } from '../../schemas/order/sheets';
import { LAST_COLUMN, LAST_ROW } from '../../src/spreadsheets/xlsx/reference';
import { define, everybody } from '../contract';

const number = Type.String({ pattern: '^[1-9]\\d{0,2}$' });

const from = (last: number) => Type.Optional(Type.Integer({ minimum: 1, maximum: last, default: 1 }));
const most = (many: number) => Type.Optional(Type.Integer({ minimum: 1, maximum: many, default: many }));

/** The addresses of the files of orders, as they were sent. */
export const sheetContracts = define({
  listOrderFiles: {
    method: 'get',
    path: '/orders/{order_id}/files',
    tag: 'orders',
    summary: 'The files of an order as they came, and their sheets',
    description:
      'Spreadsheets that came in a mail follow it. The first answer takes as long as the files take to read.',
    roles: everybody,
    params: { order_id: Identifier },
    answers: [{ status: 200, description: 'the files', schema: OrderFiles }],
    problems: [404, 409],
  },
  getOrderSheet: {
    method: 'get',
    path: '/orders/{order_id}/files/{file}/sheets/{sheet}',
    tag: 'orders',
    summary: 'A window of a sheet: its filled cells, and those that the draft names',
    description:
      'Cells stand where the evidence of the draft names them. A window may reach beyond what is filled. `marks` are the ' +
      'cells in it that are the source of a value or evidence of an anomaly, with the path of that in the draft.',
    roles: everybody,
    params: { order_id: Identifier, file: number, sheet: number },
    query: {
      from_row: from(LAST_ROW),
      rows: most(MOST_IN_WINDOW.rows),
      from_column: from(LAST_COLUMN),
      columns: most(MOST_IN_WINDOW.columns),
    },
    answers: [{ status: 200, description: 'the window', schema: SheetWindow }],
    problems: [404, 409, 422],
  },
});
