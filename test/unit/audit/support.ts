import fc from 'fast-check';
import type { DeliverableDocuments, DeliverableKind, Figures } from '../../../schemas/audit/deliverables';
import type { WorkContext, WorkRow } from '../../../schemas/audit/work-context';
import { analyse } from '../../../src/audit/analysis';
import { deliver, type Delivery, documentOf } from '../../../src/audit/deliver';
import type { Language } from '../../../schemas/language';

export const kinds: readonly DeliverableKind[] = ['time_waste', 'cost', 'friction', 'scenario', 'summary'];

export const monthly: Pick<WorkContext, 'hourly_rate' | 'period'> = {
  hourly_rate: 42,
  period: { type: 'monthly', working_days: 21 },
};

export function rows(...given: [category: unknown, minutes: unknown, text?: unknown][]): WorkRow[] {
  return given.map(([category, estimated_minutes, text = 'Some work']) => ({
    category,
    estimated_minutes,
    text,
  })) as WorkRow[];
}

export function commission(kind: DeliverableKind) {
  return { project_id: 'P-1', backlog_item_id: kind, request_text: 'full audit' };
}

/** The five documents of a context; the summary joins the four. */
export function documentsOf(context: WorkContext, language: Language = 'en'): DeliverableDocuments {
  const analysis = analyse(context, language);
  const made: Record<string, unknown> = {};
  for (const kind of kinds) made[kind] = documentOf(kind, commission(kind), analysis, made);
  return made as unknown as DeliverableDocuments;
}

export async function deliveryOf(
  kind: DeliverableKind,
  context: WorkContext,
  language: Language = 'en',
): Promise<Delivery> {
  return deliver(kind, {
    ...commission(kind),
    context,
    language,
    others: kind === 'summary' ? { ...documentsOf(context, language) } : {},
  });
}

export async function reportOf(
  kind: DeliverableKind,
  context: WorkContext,
  language: Language = 'en',
): Promise<string> {
  const { files } = await deliveryOf(kind, context, language);
  return files.find(({ name }) => name === 'report.md')!.bytes.toString('utf8');
}

/** Whole units of a figure, so that sums in tests are exact. */
export function units(value: number | null, decimals: number): bigint {
  if (value === null) return 0n;
  const [whole = '0', part = ''] = value.toFixed(decimals).split('.');
  return BigInt(`${whole}${part}`);
}

export function sumOf(
  figures: readonly Figures[],
  kind: 'minutes' | 'cost',
  level: keyof Figures['minutes'],
  decimals: number,
): bigint {
  return figures.reduce((sum, of) => sum + units(of[kind][level], decimals), 0n);
}

const texts = [
  'Wait for approval of the contract',
  'Re-type order from the mailbox into the ERP',
  'Correct wrong address',
  'Answer a question about a product',
  'Report that nobody reads',
  'Second approval of an invoice',
  'Forward the request to another team',
  'Phone rings in the middle of work',
  'Attendre la validation du chef',
  'Ressaisir la facture dans le logiciel',
  'Work',
  '',
];

const minutes = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 240 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 24_000 }).map((value) => value / 100) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1500, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined, '45 min', '1h30', '1,5 h', 'soon', -5, 1e9, 1e308, '') },
);

const row = fc.record(
  {
    category: fc.constantFrom('Invoicing', 'invoicing ', 'Orders', 'Support', '', null, '=cmd()', '| a | b'),
    estimated_minutes: minutes,
    text: fc.oneof(fc.constantFrom(...texts), fc.string({ maxLength: 40 })),
  },
  { requiredKeys: [] },
);

/** Any context that the contract allows, with the oddities that real lists have. */
export const contexts: fc.Arbitrary<WorkContext> = fc.record(
  {
    rows: fc.array(row, { maxLength: 30 }),
    rows_cover: fc.constantFrom('day' as const, 'period' as const),
    hourly_rate: fc.oneof(
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 1, max: 9_999_999 }).map((value) => value / 10_000),
    ),
    period: fc.record({
      type: fc.constantFrom('daily' as const, 'weekly' as const, 'monthly' as const, 'yearly' as const),
      working_days: fc.oneof(
        fc.integer({ min: 1, max: 366 }),
        fc.integer({ min: 1, max: 400 }).map((value) => value / 10),
      ),
    }),
    currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'CHF'),
  },
  { requiredKeys: ['rows'] },
);
