import { Type, type Static } from 'typebox';
import type { Bilingual, Language } from '../language';
import type { LedgerHead } from '../ledger';
import { nullable } from '../json';
import { refTo, type ArtifactRef, type Paged } from '../refs';
import type { SignalPolicy } from '../run';
import { Day, Decimal, type FileReading, type Order } from './order';

/** Input of an order. Its files are in the document store already. */
export interface OrderInput {
  order_id: string;
  correlation_id: string;
  from_email: string;
  subject: string;
  language: Language;
  received_at: string;
  requested_by: string;
  /** as the sender gave them, together with the files */
  delivery: { address?: string; date?: string };
  files: OrderFile[];
  options: OrderOptions;
  /** it is one of several orders that another one's files held: its draft was made from that one's */
  split?: { from: string; draft: OrderSummary };
}

/** A file of an order: the bytes as they came, under the name that its sender gave it. */
export interface OrderFile {
  name: string;
  artifact: ArtifactRef;
}

/** Settings that an order keeps from its start to its end. Times are milliseconds. */
export interface OrderOptions {
  remind_after: number;
  escalate_after: number;
  expire_after: number;
  approval_signals: SignalPolicy;
  /** the sender of an order may not approve it; an unverified decision never counts */
  four_eyes: boolean;
  csv: CsvDialect;
}

/** Format of the CSV. */
export interface CsvDialect {
  separator: ';' | ',' | '\t';
  decimal: ',' | '.';
  bom: boolean;
  newline: '\r\n' | '\n';
}

/** Lines of an order. docs/operating.md says what so many cost. */
export const MOST_LINES = 100_000;

/** Filled rows of its files, all together: its lines, and room for headings and totals. */
export const MOST_ROWS = MOST_LINES + 1_000;

const Count = Type.Integer({ minimum: 0 });

/** The agent's reading of one file. */
export const ReadDelivery = Type.Object({
  reading: refTo<Paged<FileReading>>(),
  outcome: Type.Enum(['order', 'not_an_order', 'refused', 'mail']),
  reason: nullable(Type.String()),
  lines: Count,
  anomalies: Count,
  /** the columns are uncertain */
  uncertain: Type.Boolean(),
});
export type ReadDelivery = Static<typeof ReadDelivery>;

/** An anomaly as lists and events show it. */
export const AnomalyLine = Type.Object({
  code: Type.String(),
  severity: Type.Enum(['blocking', 'warning']),
  line_id: Type.Optional(Type.String()),
});

/** Figures of a draft that travel with the run, for lists and questions. */
export const OrderSummary = Type.Object({
  order: refTo<Paged<Order>>(),
  version: Type.Integer({ minimum: 1 }),
  lines: Type.Integer({ minimum: 0 }),
  quantity: Type.String(),
  amount: Type.Optional(Type.String()),
  currency: Type.Optional(Type.String()),
  delivery_date: Type.Optional(Type.String()),
  blocking: Type.Integer({ minimum: 0 }),
  warnings: Type.Integer({ minimum: 0 }),
  /** the first of them */
  anomalies: Type.Array(AnomalyLine),
  /** the orders that were found in its files, where there are several */
  orders: Type.Optional(Type.Integer({ minimum: 2 })),
});
export type OrderSummary = Static<typeof OrderSummary>;

export type OrderStatus =
  | 'reading'
  | 'pending_validation'
  | 'approved'
  | 'exported'
  | 'rejected'
  | 'split'
  | 'expired'
  | 'failed'
  | 'cancelled';

/** An order as its workflow's `view`. */
export interface OrderView {
  order_id: string;
  from_email: string;
  subject: string;
  requested_by: string;
  received_at: string;
  status: OrderStatus;
  /** the summary of its draft; named so in the records of orders */
  draft?: OrderSummary;
  /** the order whose files held this one and others */
  split_from?: string;
  /** the orders that it was split into */
  split_into?: string[];
  exports?: ArtifactRef[];
  /** format of its CSV, by which a lost file is made again */
  csv?: CsvDialect;
  /** place of the last decision in the ledger of orders */
  ledger?: LedgerHead;
}

/** Values that a person gives a line. `null` removes a value. */
const lineValues = {
  reference: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
  ean: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 40 }), Type.Null()])),
  description: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 5_000 }), Type.Null()])),
  variant: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
  destination: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Null()])),
  unit: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 40 }), Type.Null()])),
  note: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 2_000 }), Type.Null()])),
  quantity: Type.Optional(Type.Union([Decimal, Type.Number()])),
  unit_price: Type.Optional(Type.Union([Decimal, Type.Number(), Type.Null()])),
  discount_percent: Type.Optional(Type.Union([Decimal, Type.Number(), Type.Null()])),
  amount: Type.Optional(Type.Union([Decimal, Type.Number(), Type.Null()])),
  delivery_date: Type.Optional(Type.Union([Day, Type.Null()])),
};

/** A correction of an existing line (`line_id`), or a new line. */
export const LineCorrection = Type.Object(
  {
    line_id: Type.Optional(Type.String({ maxLength: 40, description: 'the line; without it a new one is added' })),
    remove: Type.Optional(Type.Literal(true)),
    ...lineValues,
  },
  { additionalProperties: false },
);
export type LineCorrection = Static<typeof LineCorrection>;

/** Corrections by a person. An empty object corrects nothing. */
export const OrderCorrections = Type.Object(
  {
    delivery: Type.Optional(
      Type.Object(
        {
          address: Type.Optional(Type.String({ minLength: 1, maxLength: 2_000, pattern: '\\S' })),
          date: Type.Optional(Day),
        },
        { additionalProperties: false },
      ),
    ),
    facts: Type.Optional(
      Type.Object(
        {
          order_number: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          customer: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
          currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' })),
        },
        { additionalProperties: false },
      ),
    ),
    lines: Type.Optional(Type.Array(LineCorrection, { maxItems: 20_000 })),
    /** files that say that they are no orders, and are orders all the same: the lines set aside are taken */
    files: Type.Optional(
      Type.Array(
        Type.Object(
          { file: Type.String({ minLength: 1, maxLength: 400 }), is_order: Type.Literal(true) },
          { additionalProperties: false },
        ),
        { maxItems: 20 },
      ),
    ),
    /** anomalies that the person has looked at and accepts */
    dismiss: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Type.String({ maxLength: 80 }),
            line_id: Type.Optional(Type.String({ maxLength: 40, description: 'of this line alone' })),
            path: Type.Optional(Type.String({ maxLength: 300 })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 1_000 },
      ),
    ),
  },
  { $id: 'OrderCorrections', additionalProperties: false },
);
export type OrderCorrections = Static<typeof OrderCorrections>;

/** Faults of the corrections themselves, which are then not applied. */
export interface CorrectionFault {
  pointer: string;
  message: Bilingual;
}

/** Result of applying corrections to a draft: the next draft, or the faults of the corrections. */
export type Corrected = { order: Order } | { faults: CorrectionFault[] };
