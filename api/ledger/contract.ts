import { Type } from 'typebox';
import { Cursor, PathId } from '../../schemas/api';
import { LedgerEntryDetail, LedgerPage, LedgerVerification } from '../../schemas/ledger/api';
import { define, operators, page } from '../contract';

const tag = 'ledger';
const roles = [...operators, 'auditor'] as const;
const Chain = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,40}$', description: 'a process, such as `order`' });
const Word = Type.String({ minLength: 1, maxLength: 200 });
const Time = Type.String({ format: 'date-time' });

/** Addresses of the ledger of decisions: a chain for each process. */
export const ledgerContracts = define({
  listDecisions: {
    method: 'get',
    path: '/ledger',
    tag,
    summary: 'Decisions of people, the newest first: who decided what, on what sight, with what result',
    description:
      'Entries of all chains as they are kept. A page looks at 2,000 entries at most, so with a filter it may be short or ' +
      'empty and still have a `next_cursor`: the list ends where there is none.',
    roles,
    entrance: 'ledger',
    query: {
      ...page(200, 50),
      process: Type.Optional(Chain),
      by: Type.Optional(Word),
      subject: Type.Optional(Word),
      workflow_id: Type.Optional(PathId),
      choice: Type.Optional(Word),
      since: Type.Optional(Type.Unsafe<string>({ ...Time, description: 'decided at this instant or later' })),
      until: Type.Optional(Type.Unsafe<string>({ ...Time, description: 'decided before this instant' })),
    },
    answers: [{ status: 200, description: 'a page; `next_cursor` is absent on the last', schema: LedgerPage }],
    problems: [422],
  },
  verifyLedger: {
    method: 'get',
    path: '/ledger/verify',
    tag,
    summary: 'Whether the chains are whole, and up to which entry',
    description:
      'Reads the files anew: each hash fits what stands in its entry, each entry follows the one before, none is missing, ' +
      'no question has two decisions within what is read here. A tail that was cut off shows against the heads that runs ' +
      'have noted: `awe audit verify` holds all of them against it.',
    roles,
    query: {
      process: Type.Optional(Chain),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: 20_000, default: 10_000, description: 'entries, over all chains' }),
      ),
    },
    answers: [{ status: 200, description: 'what was found', schema: LedgerVerification }],
    problems: [422],
  },
  getDecision: {
    method: 'get',
    path: '/ledger/{process}/{n}',
    tag,
    summary: 'A decision, and its place in its chain',
    roles,
    params: { process: Chain, n: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) },
    answers: [{ status: 200, description: 'the entry', schema: LedgerEntryDetail }],
    problems: [404],
  },
});
