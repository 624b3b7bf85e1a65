import type { LedgerEntryDetail, LedgerPage } from '../../schemas/ledger/api';
import type { DocumentStore } from '../../src/documents/port';
import type { Ledger } from '../../src/ledger/ledger';
import { chainsOf, listDecisions, type LedgerPosition } from '../../src/ledger/pages';
import { verifyStretch, type LedgerReport } from '../../src/ledger/verify';
import { decodeCursor, encodeCursor } from '../../src/runs/cursor';
import { notFound } from '../../src/runs/errors';
import type { Handlers } from '../part';
import type { ledgerContracts } from './contract';
import { listedOf, placeOf, verificationOf } from './views';

export interface LedgerDependencies {
  store: DocumentStore;
  ledger: Pick<Ledger, 'read' | 'last'>;
  /** true if a workflow id belongs to this namespace */
  isOurs: (workflowId: string) => boolean;
}

/** Entries that one request verifies, unless it says how many. */
const VERIFIED = 10_000;

export function ledgerRoutes({ store, ledger, isOurs }: LedgerDependencies): Handlers<typeof ledgerContracts> {
  return {
    async listDecisions({ query }) {
      const { cursor, limit, ...filter } = query;
      const position = cursor === undefined ? undefined : decodeCursor(String(cursor), isPosition);
      const page = await listDecisions({ store, ledger }, filter, { limit: Number(limit ?? 50), position });
      const body: LedgerPage = {
        entries: page.entries.map((entry) => listedOf(entry, isOurs(entry.workflow_id))),
        next_cursor: page.next && encodeCursor(page.next),
      };
      return { body };
    },
    async verifyLedger({ query: { process, cursor, limit } }) {
      const start = cursor === undefined ? undefined : decodeCursor(String(cursor), isStretch);
      const names = process === undefined ? await chainsOf(store) : [String(process)];
      const reports: LedgerReport[] = [];
      let most = Number(limit ?? VERIFIED);
      for (const name of names.filter((one) => start === undefined || one >= start.process)) {
        if (most === 0) return { body: verificationOf(reports, encodeCursor({ process: name, after: 0 })) };
        const after = name === start?.process ? start.after : 0;
        const report = await verifyStretch(store, name, { after, most });
        reports.push(report);
        const { through, last } = report;
        if (through < last) return { body: verificationOf(reports, encodeCursor({ process: name, after: through })) };
        most -= Math.min(most, through - after);
      }
      return { body: verificationOf(reports) };
    },
    async getDecision({ params }) {
      const [process, n] = [params.process ?? '', Number(params.n)];
      const entry = await ledger.read(process, n);
      if (!entry) throw notFound(`The ledger of ${process} has no entry ${n}.`);
      const place = placeOf(entry, n > 1 ? await ledger.read(process, n - 1) : undefined);
      return { body: { ...listedOf(entry, isOurs(entry.workflow_id)), place } satisfies LedgerEntryDetail };
    },
  };
}

const isObject = (value: unknown): value is { [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumber = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isChain = (name: unknown): boolean => typeof name === 'string' && /^[a-z][a-z0-9_-]{0,40}$/.test(name);

const isPosition = (value: unknown): value is LedgerPosition =>
  isObject(value) && Object.entries(value).every(([name, n]) => isChain(name) && isNumber(n));

const isStretch = (value: unknown): value is { process: string; after: number } =>
  isObject(value) && isChain(value['process']) && isNumber(value['after']);
