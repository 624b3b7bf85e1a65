import { Type, type Static, type TSchema } from 'typebox';
import { Instant } from '../json';
import { Bilingual, languages } from '../language';
import { Wording } from '../llm-call';

/** An order, from its files to its export. Figures are decimal strings: `12.50` is exactly that. */

/** A decimal number, exact: `-12.50`. */
export const DECIMAL = '^-?\\d{1,18}(\\.\\d{1,9})?$';
export const Decimal = Type.String({ pattern: DECIMAL });

/** A day of the calendar, `YYYY-MM-DD`. */
export const Day = Type.String({ format: 'date' });

/** Origin of a value: `order.xlsx › Sheet1!B12`. */
export const Provenance = Type.Object(
  {
    file: Type.String(),
    sheet: Type.Optional(Type.String()),
    cell: Type.Optional(Type.String({ description: 'a cell `B12` or a range `B12:D12`' })),
    text: Type.Optional(Type.String({ maxLength: 500, description: 'what stands there' })),
  },
  { additionalProperties: false },
);
export type Provenance = Static<typeof Provenance>;

/** A value and its origin. `computed`: by rule from other cells; `proposal`: nobody has confirmed it. */
export const sourced = <T extends TSchema>(value: T) =>
  Type.Object(
    {
      value,
      source: Type.Enum(['file', 'form', 'computed', 'person', 'proposal']),
      from: Type.Optional(Provenance),
      confidence: Type.Number({ minimum: 0, maximum: 1 }),
    },
    { additionalProperties: false },
  );
export const SourcedText = sourced(Type.String({ maxLength: 5_000 }));
export type SourcedText = Static<typeof SourcedText>;
export const SourcedDecimal = sourced(Decimal);
export type SourcedDecimal = Static<typeof SourcedDecimal>;
export const SourcedDay = sourced(Day);
export type SourcedDay = Static<typeof SourcedDay>;

/** A cell of a line under a heading that is no field of an order. */
export const OtherCell = Type.Object(
  {
    heading: Type.String({ description: 'empty where the column has none' }),
    value: Type.String({ maxLength: 1_000 }),
    cell: Type.String(),
  },
  { additionalProperties: false },
);
export type OtherCell = Static<typeof OtherCell>;

/** One line of an order. Absent values were not in the file; an anomaly says so where it matters. */
export const OrderLine = Type.Object(
  {
    line_id: Type.String({ description: 'names the line within the order, for good: `L1`' }),
    reference: Type.Optional(SourcedText),
    ean: Type.Optional(SourcedText),
    description: Type.Optional(SourcedText),
    variant: Type.Optional(SourcedText),
    /** in a matrix: the person or place that the quantity is for */
    destination: Type.Optional(SourcedText),
    quantity: Type.Optional(SourcedDecimal),
    unit: Type.Optional(SourcedText),
    unit_price: Type.Optional(SourcedDecimal),
    discount_percent: Type.Optional(SourcedDecimal),
    amount: Type.Optional(SourcedDecimal),
    delivery_date: Type.Optional(SourcedDay),
    note: Type.Optional(SourcedText),
    /** which of several orders of its file the line belongs to: the `order` of `orders` */
    order: Type.Optional(Type.String({ pattern: '^O\\d+$' })),
    /** the number and the customer of the line's own order, where a file holds several */
    order_number: Type.Optional(SourcedText),
    customer: Type.Optional(SourcedText),
    /** filled cells of the row that have no field of their own: engravings, lengths, brands */
    other: Type.Optional(Type.Array(OtherCell)),
  },
  { $id: 'OrderLine', additionalProperties: false },
);
export type OrderLine = Static<typeof OrderLine>;

/** A gap or oddity. `path` is a JSON Pointer into the order; `suggestion` is a proposal that nobody has accepted. */
export const Anomaly = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z]+\\.[a-z_]+$', description: 'stable: `line.quantity_negative`' }),
    severity: Type.Enum(['blocking', 'warning']),
    message: Bilingual,
    path: Type.Optional(Type.String()),
    line_id: Type.Optional(Type.String()),
    /** all lines that it is about, where these are several; `evidence` has the first cells */
    line_ids: Type.Optional(Type.Array(Type.String())),
    evidence: Type.Array(Provenance),
    suggestion: Type.Optional(Bilingual),
  },
  { $id: 'Anomaly', additionalProperties: false },
);
export type Anomaly = Static<typeof Anomaly>;

/** A sum that a file states. `covers` are the lines that it sums up, as far as the layout tells. */
export const StatedTotal = Type.Object(
  {
    kind: Type.Enum(['quantity', 'net', 'tax', 'gross', 'discount', 'shipping', 'other']),
    label: Type.String(),
    value: Decimal,
    from: Provenance,
    covers: Type.Array(Type.String()),
  },
  { additionalProperties: false },
);
export type StatedTotal = Static<typeof StatedTotal>;

/** Role of a column in a table. */
export const columnRoles = [
  ...['reference', 'ean', 'description', 'variant', 'destination', 'quantity', 'unit', 'unit_price'],
  ...['discount_percent', 'amount', 'delivery_date', 'note', 'line_number'],
  ...['order_number', 'customer', 'currency', 'status', 'ignore'],
] as const;

/** Layout of a table on a sheet: all that a model may say of it. Rows and columns count from 1. */
export const TableStructure = Type.Object(
  {
    sheet: Type.String(),
    header_rows: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: 5 }),
    first_row: Type.Integer({ minimum: 1 }),
    last_row: Type.Integer({ minimum: 1 }),
    /** `matrix`: quantities stand in several columns, each for the size or the customer in its header */
    layout: Type.Enum(['rows', 'matrix']),
    columns: Type.Array(
      Type.Object(
        { column: Type.Integer({ minimum: 1 }), role: Type.Enum([...columnRoles]) },
        { additionalProperties: false },
      ),
      { maxItems: 100 },
    ),
  },
  { $id: 'TableStructure', additionalProperties: false },
);
export type TableStructure = Static<typeof TableStructure>;

/** Facts of the order that a sheet states besides its lines. */
export const OrderFacts = Type.Object(
  {
    order_number: Type.Optional(SourcedText),
    customer: Type.Optional(SourcedText),
    currency: Type.Optional(SourcedText),
    delivery_address: Type.Optional(SourcedText),
    delivery_date: Type.Optional(SourcedDay),
    order_date: Type.Optional(SourcedDay),
  },
  { additionalProperties: false },
);
export type OrderFacts = Static<typeof OrderFacts>;

/** Lines of a file that says that it is no order, kept for a person who says that it is one all the same. */
export const SetAside = Type.Object(
  {
    lines: Type.Array(OrderLine),
    facts: OrderFacts,
    totals: Type.Array(StatedTotal),
    anomalies: Type.Array(Anomaly),
  },
  { additionalProperties: false },
);
export type SetAside = Static<typeof SetAside>;

/** One of several orders that a file holds. Its facts are those that differ from order to order. */
export const OrderFound = Type.Object(
  {
    order: Type.String({ pattern: '^O\\d+$' }),
    facts: OrderFacts,
    lines: Type.Array(Type.String()),
  },
  { additionalProperties: false },
);
export type OrderFound = Static<typeof OrderFound>;

/** Outcome of a file. `reason` is present unless it is an order. */
export const FileOutcome = Type.Object(
  {
    file: Type.String(),
    outcome: Type.Enum(['order', 'not_an_order', 'refused', 'mail'], {
      description:
        '`mail`: the letter itself; its words may propose values, and its spreadsheets are files of their own',
    }),
    reason: Type.Optional(
      Type.Object(
        { code: Type.String(), message: Bilingual, evidence: Type.Optional(Type.Array(Provenance)) },
        { additionalProperties: false },
      ),
    ),
    sheets: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          role: Type.Enum(['order', 'empty', 'hidden', 'not_an_order']),
          reason: Type.Optional(Bilingual),
          lines: Type.Integer({ minimum: 0 }),
        },
        { additionalProperties: false },
      ),
    ),
    structures: Type.Array(TableStructure),
    set_aside: Type.Optional(SetAside),
    remarks: Type.Optional(
      Type.Array(Provenance, { description: 'texts around the lines that change nothing of what is ordered' }),
    ),
  },
  { $id: 'FileOutcome', additionalProperties: false },
);
export type FileOutcome = Static<typeof FileOutcome>;

/** Content read from one file. Line ids restart per file; the order renumbers them. */
export interface FileReading extends FileOutcome {
  lines: OrderLine[];
  facts: OrderFacts;
  totals: StatedTotal[];
  anomalies: Anomaly[];
  /** the orders of the file, where it holds several; each line then names its own */
  orders?: OrderFound[];
  /** of a mail: the address that it says it comes from */
  sender?: string;
  /** the beginning of each sheet as text, bounded: the part that a model may see */
  sketch: { sheet: string; rows: { row: number; cells: { column: number; text: string }[] }[] }[];
}

/** An order as it is shown, decided on and exported. An approval is bound to its digest. */
export const Order = Type.Object(
  {
    order_id: Type.String(),
    version: Type.Integer({ minimum: 1, description: 'grows with every correction' }),
    from_email: Type.String(),
    subject: Type.String(),
    language: Type.Enum([...languages]),
    received_at: Instant,
    delivery: Type.Object(
      { address: Type.Optional(SourcedText), date: Type.Optional(SourcedDay) },
      { additionalProperties: false },
    ),
    facts: OrderFacts,
    files: Type.Array(FileOutcome),
    lines: Type.Array(OrderLine),
    /** the orders in the files, where they hold several; each line then names its own */
    orders: Type.Optional(Type.Array(OrderFound)),
    totals: Type.Object(
      {
        lines: Type.Integer({ minimum: 0 }),
        quantity: Decimal,
        amount: Type.Optional(Decimal),
        stated: Type.Array(StatedTotal),
      },
      { additionalProperties: false },
    ),
    anomalies: Type.Array(Anomaly),
    /** anomalies that a person has looked at and accepted */
    dismissed: Type.Array(
      Type.Object(
        {
          code: Type.String(),
          line_id: Type.Optional(Type.String()),
          path: Type.Optional(Type.String()),
          by: Type.String(),
        },
        { additionalProperties: false },
      ),
    ),
    /** wording by a model or by rules, for the customer; never a figure of the order */
    reply_draft: Type.Optional(Type.String({ maxLength: 10_000 })),
    reply_wording: Type.Optional(Wording),
  },
  { $id: 'Order', additionalProperties: false },
);
export type Order = Static<typeof Order>;
