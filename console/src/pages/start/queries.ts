import { answer, api, type Answer } from '../../api/client';
import type { WorkRow } from './rows';

/** The ways of starting work. Each is refused with the pointers of its faults. */

export interface OrderFields {
  from_email?: string;
  subject?: string;
  delivery_address?: string;
  delivery_date?: string;
  language?: string;
}

/** Members that hold something. */
function filled<T extends object>(fields: T): [string, string][] {
  return Object.entries(fields).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
}

export function submitOrder(fields: OrderFields, files: readonly File[]) {
  const form = new FormData();
  for (const [name, value] of filled(fields)) form.append(name, value);
  for (const file of files) form.append('files', file, file.name);
  return answer(api.POST('/orders/inbox', { body: form as never }));
}

/** An order to try the platform with, good in every respect but its delivery date, which is left out. */
export const submitSample = (): Promise<Answer<'submitOrder'>> =>
  answer(
    api.POST('/orders/inbox', {
      body: {
        language: 'en',
        from_email: 'purchasing@example.com',
        subject: 'Sample order',
        delivery_address: '123 Example St, Springfield',
        files: [{ name: 'sample_order.csv', text: SAMPLE }],
      },
    }),
  );

const SAMPLE = `Reference;Description;Quantity;Unit;Unit price;Amount
PA-2001;Spiral notebook 96 pages;20;pcs;2.45;49.00
PA-2007;Ballpoint pen blue;100;pcs;0.85;85.00
PA-2015;Lever arch file A4;12;pcs;3.90;46.80
;;;;Total;180.80
`;

export interface AuditFields {
  request_text: string;
  hourly_rate?: number;
  currency: string;
  period_type: 'daily' | 'weekly' | 'monthly' | 'yearly';
  working_days?: number;
  rows_cover: 'day' | 'period';
  language: 'en' | 'fr';
}

/** With a spreadsheet as a form, else as JSON. */
export function requestAudit(fields: AuditFields, rows: readonly WorkRow[], file?: File) {
  const { request_text, hourly_rate, currency, period_type, working_days, rows_cover, language } = fields;
  if (file === undefined) {
    const period = working_days === undefined ? undefined : { type: period_type, working_days };
    const work_context = {
      rows: rows.length > 0 ? [...rows] : undefined,
      hourly_rate,
      currency,
      period,
      rows_cover,
      language,
    };
    return answer(api.POST('/initial-request', { body: { request_text, work_context } }));
  }
  const form = new FormData();
  const period = working_days === undefined ? {} : { period_type, working_days: String(working_days) };
  const sent = { request_text, hourly_rate: hourly_rate?.toString(), currency, ...period, rows_cover, language };
  for (const [name, value] of filled(sent)) form.append(name, value);
  form.append('file', file, file.name);
  return answer(api.POST('/initial-request', { body: form as never }));
}

/** With mode `plan`: nothing of it runs before somebody approves it. */
export const planGoal = (goal: string, context: unknown, priority: number) =>
  answer(api.POST('/jobs', { body: { goal, context: context as never, priority, mode: 'plan' } }));

export interface AgentRunFields {
  asset_id: string;
  goal: string;
  metadata?: unknown;
  human_approved: boolean;
  model_version?: string;
  seed?: number;
  temperature?: number;
}

export function startAgentRun({ model_version, seed, temperature, metadata, ...fields }: AgentRunFields) {
  const bound = { model_version: model_version || undefined, seed, temperature };
  const determinism = Object.values(bound).some((value) => value !== undefined) ? bound : undefined;
  return answer(api.POST('/api/runs', { body: { ...fields, metadata: metadata as never, determinism } }));
}
