import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OrderAccepted, OrderDetail, OrderHistory } from '../../schemas/order/api';
import type { OrderCorrections } from '../../schemas/order/run';
import { UserError, type Config } from '../../src/config';
import { layOutExamples } from '../examples';
import type { ApiClient } from '../../src/http/api-client';

/** An order whose files the demo sends; `make up` lays them out. */
const FILE = 'commande-incomplete.xlsx';

/** Lines of the CSV that are shown, and milliseconds between two queries of the order. */
const SHOWN = 6;
const LOOK = 200;

/** Milliseconds to wait for an order; reading takes about a second. */
const PATIENCE = 60_000;

/** The result that the demo leaves to look at. */
export interface OrderShown extends Pick<OrderAccepted, 'order_id' | 'links'> {
  export: string;
}

/** An incomplete order as its clerk sees it: the reason for the wait, the correction, the export. */
export class OrderDemo {
  constructor(
    private readonly config: Config,
    private readonly api: ApiClient,
    private readonly say: (line: string) => void,
  ) {}

  async showIncomplete(): Promise<OrderShown> {
    this.say(`\n3. An order by e-mail with ${FILE}: no address, and two incomplete rows\n`);
    const accepted = await this.submit();
    const waiting = await this.waitUntil(accepted, ({ question }) => question !== undefined);
    const anomalies = waiting.draft?.anomalies ?? [];
    this.say(
      `   It waits for a person: ${waiting.draft?.lines.length} lines were read, and these things are missing or odd:`,
    );
    for (const { severity, code, message, evidence } of anomalies) {
      const [at] = evidence;
      const where = at?.cell ? `  ${at.file} › ${at.sheet}!${at.cell}` : '';
      this.say(`     ${severity.padEnd(8)}  ${code.padEnd(26)} ${message.fr}${where}`);
    }
    const corrections = correctionsFor(waiting);
    this.say(`\n   A clerk corrects and approves it:\n     ${JSON.stringify(corrections)}`);
    await this.api.post(`${accepted.links.validate}`, corrections);
    const exported = await this.waitUntil(
      accepted,
      ({ status }) => status !== 'pending_validation' && status !== 'approved',
    );
    const csv = exported.exports.find(({ path }) => path.endsWith('.csv'));
    if (!csv) throw new UserError(`The order was not exported: it is ${exported.status}.`);
    this.say(`\n   ${exported.status}: ${csv.path} begins\n`);
    const text = (await this.api.file(csv.href)).bytes.toString('utf8').replace(/^\ufeff/, '');
    for (const line of text.split(/\r?\n/).slice(0, SHOWN)) this.say(`     ${line}`);
    await this.showHistory(accepted);
    return { ...accepted, export: join(this.config.store.dir, csv.path) };
  }

  private async submit(): Promise<OrderAccepted> {
    await layOutExamples(this.config.root);
    const bytes = await readFile(join(this.config.root, 'examples', 'orders', FILE));
    const form = new FormData();
    form.set('from_email', 'commandes@librairie-du-port.example');
    form.set('subject', 'Commande BC-2024-017');
    form.set('language', 'fr');
    form.append('files', new Blob([bytes]), FILE);
    const accepted = await this.api.form<OrderAccepted>('/orders/inbox', form);
    this.say(`   accepted as ${accepted.order_id}`);
    return accepted;
  }

  private async waitUntil({ links }: OrderAccepted, holds: (order: OrderDetail) => boolean): Promise<OrderDetail> {
    for (let end = Date.now() + PATIENCE; ;) {
      const order = await this.api.get<OrderDetail>(links.self ?? '');
      if (holds(order)) return order;
      if (Date.now() > end) throw new UserError(`The order is still ${order.status}; see ${links.self}.`);
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
  }

  private async showHistory({ links }: OrderAccepted): Promise<void> {
    const { history } = await this.api.get<OrderHistory>(links.history ?? '');
    this.say('\n   Who did what:');
    for (const { at, by, what } of history) this.say(`     ${at.slice(11, 19)}  ${by.padEnd(6)} ${what}`);
  }
}

/** A clerk's corrections: an address, a date, and a value for each line that lacks one. */
function correctionsFor({ draft }: OrderDetail): OrderCorrections {
  const lacks = (code: string) => (draft?.anomalies ?? []).filter(({ code: found }) => found === code);
  const day = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10);
  return {
    delivery: { address: '12 rue des Lilas, 69002 Lyon', ...(draft?.delivery.date ? {} : { date: day }) },
    lines: [
      ...lacks('line.quantity_missing').map(({ line_id }) => ({ line_id, quantity: '6' })),
      ...lacks('line.reference_missing').map(({ line_id }) => ({ line_id, reference: 'PA-2020' })),
    ],
  };
}
