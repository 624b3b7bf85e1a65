import { Type, type Static } from 'typebox';
import { Cursor, Links } from '../api';
import { LedgerEntry, LedgerHead } from '../ledger';

/** Answers of the API of the ledger. Times are UTC, ISO 8601. */

const entry = { ...LedgerEntry.properties, links: Links };

/** An entry in a list, as it is kept. */
export const ListedDecision = Type.Object(entry, { $id: 'ListedDecision' });
export type ListedDecision = Static<typeof ListedDecision>;

/** A page of the decisions of all chains, the newest first. */
export const LedgerPage = Type.Object(
  { entries: Type.Array(ListedDecision), next_cursor: Type.Optional(Cursor) },
  { $id: 'LedgerPage' },
);
export type LedgerPage = Static<typeof LedgerPage>;

/** An entry, and its place in its chain. */
export const LedgerEntryDetail = Type.Object(
  {
    ...entry,
    place: Type.Object({
      unchanged: Type.Boolean({ description: 'its hash is that of what stands in it' }),
      follows: Type.Boolean({ description: 'it names the hash of what stands in the entry before it' }),
    }),
  },
  { $id: 'LedgerEntryDetail' },
);
export type LedgerEntryDetail = Static<typeof LedgerEntryDetail>;

/** A chain, as far as it was verified. */
export const VerifiedChain = Type.Object({
  process: Type.String(),
  entries: Type.Integer({ minimum: 0, description: 'entries that it has' }),
  from: Type.Integer({ minimum: 1, description: 'the first that was verified' }),
  through: Type.Integer({ minimum: 0, description: 'the last that was verified' }),
  head: Type.Optional(
    Type.Unsafe<LedgerHead>({ ...LedgerHead, description: 'the last that was verified, and its hash' }),
  ),
  whole: Type.Boolean({ description: 'none of these has a fault' }),
  faults: Type.Array(
    Type.Object({
      n: Type.Integer(),
      code: Type.Enum(['changed', 'missing', 'broken_chain', 'cut', 'unreadable', 'decided_twice']),
      message: Type.String(),
    }),
    { description: 'the first 100' },
  ),
});
export type VerifiedChain = Static<typeof VerifiedChain>;

/** Whether the chains are as they were written. */
export const LedgerVerification = Type.Object(
  {
    whole: Type.Boolean({ description: 'no entry that was verified here has a fault' }),
    chains: Type.Array(VerifiedChain),
    words: Type.String({ description: 'the same in words' }),
    next_cursor: Type.Optional(
      Type.Unsafe<string>({ ...Cursor, description: 'where to go on, if not all entries were verified' }),
    ),
  },
  { $id: 'LedgerVerification' },
);
export type LedgerVerification = Static<typeof LedgerVerification>;
