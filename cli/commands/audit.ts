import type { Command } from 'commander';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createRecordStore } from '../../src/documents/records';
import type { DocumentStore } from '../../src/documents/port';
import { verifyLedgers, type KnownHead, type LedgerReport } from '../../src/ledger/verify';
import type { OrderView } from '../../schemas/order/run';
import type { Cli } from '../cli';
import { counted } from '../../src/words';

/** Exit code if a ledger is not as it was written. */
const BROKEN = 2;

export function registerAudit(program: Command, cli: Cli): void {
  const audit = program.command('audit').description('prove the decisions that were made');
  audit
    .command('verify')
    .description('verify every ledger of decisions; needs nothing but the document store')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const store = await openFilesystemStore({ root: cli.config().store.dir });
      const reports = await verifyLedgers(store, await readHeads(store));
      if (json) cli.json(reports);
      else formatReports(reports).forEach((line) => cli.say(line));
      if (reports.some(({ faults }) => faults.length > 0)) cli.exit(BROKEN);
    });
}

/** Reads the heads of ledgers that records of finished runs hold: they reveal a tail that was cut off. */
async function readHeads(store: DocumentStore): Promise<KnownHead[]> {
  const records = createRecordStore(store);
  const heads: KnownHead[] = [];
  for (let after: string | undefined; ;) {
    const page = await records.listRecords('', after === undefined ? {} : { after });
    for (const id of page.workflow_ids) {
      const record = await records.readRecord(id);
      const ledger = record?.process === 'order' ? (record.view as unknown as OrderView).ledger : undefined;
      if (ledger) heads.push({ ...ledger, process: 'order', where: `the record of ${record?.subject.id}` });
    }
    if (page.next === undefined) return heads;
    after = page.next;
  }
}

function formatReports(reports: LedgerReport[]): string[] {
  if (reports.length === 0) return ['There is no ledger yet: nothing has been decided.'];
  return reports.flatMap(({ process, entries, head, faults }) => [
    `${process}: ${counted(entries, 'entry', 'entries')}, ${faults.length === 0 ? 'all as written' : counted(faults.length, 'fault')}${head ? `; head ${head.n} ${head.hash}` : ''}`,
    ...faults.map(({ n, code, message }) => `  ${n} ${code}: ${message}`),
  ]);
}
