import { Type, type Static } from 'typebox';
import { Cursor, DecisionMade, Links } from '../api';
import { Instant } from '../json';

/** Answers of `GET /inbox`. Times are UTC, ISO 8601. */

/** Kinds of what waits for people. */
export const inboxKinds = [
  'order',
  'plan',
  'approval',
  'limit',
  'recovery',
  'review',
  'clarification',
  'tools',
] as const;

/** A question to a person, of any process. */
export const InboxItem = Type.Object(
  {
    id: Type.String({ description: 'its name in this list, the same for as long as the question stands' }),
    kind: Type.String({ description: inboxKinds.join(', ') }),
    process: Type.String(),
    workflow_id: Type.Optional(Type.String({ description: 'the run that asks; absent for tools of an MCP server' })),
    subject: Type.String({ description: 'the id of what it is about' }),
    title: Type.String({ description: 'what it is about, in a phrase' }),
    question: Type.String(),
    choices: Type.Array(Type.String()),
    blocking: Type.Boolean({ description: 'something has to be mended, or looked into, before a yes' }),
    flags: Type.Integer({ minimum: 0, description: 'how much is odd in it, what blocks included' }),
    since: Instant,
    due_at: Type.Optional(
      Type.Unsafe<string>({
        ...Instant,
        description: 'when people are reminded; of an order the day of its delivery, if that comes first',
      }),
    ),
    expires_at: Type.Optional(
      Type.Unsafe<string>({ ...Instant, description: 'when the run goes on without an answer' }),
    ),
    assignee: Type.Optional(Type.String({ description: 'whoever is asked; anybody with the role may decide' })),
    approval_id: Type.Optional(Type.String()),
    digest: Type.Optional(Type.String({ description: 'identity of what is asked; a decision carries it' })),
    mine: Type.Boolean({ description: 'it is the caller’s to decide; of what is decided: the caller has decided it' }),
    reason: Type.Optional(Type.String({ description: 'why an open one is not the caller’s' })),
    withheld: Type.Optional(Type.Array(Type.String(), { description: 'choices that somebody else has to make' })),
    decision: Type.Optional(Type.Unsafe<Static<typeof DecisionMade>>({ ...DecisionMade, $id: undefined })),
    links: Links,
  },
  { $id: 'InboxItem' },
);
export type InboxItem = Static<typeof InboxItem>;

/** A run that waits for a person, and does not say now what it asks. */
export const SilentRun = Type.Object({
  workflow_id: Type.String(),
  process: Type.String(),
  subject: Type.String(),
  title: Type.String(),
  detail: Type.String(),
  links: Links,
});
export type SilentRun = Static<typeof SilentRun>;

/** `GET /inbox` */
export const Inbox = Type.Object(
  {
    total: Type.Integer({ minimum: 0, description: 'all that fit the filters' }),
    counts: Type.Record(Type.String(), Type.Integer({ minimum: 1 }), {
      description: 'by kind, of all that fit the filters besides `kind`',
    }),
    items: Type.Array(InboxItem),
    silent: Type.Optional(
      Type.Object(
        { total: Type.Integer({ minimum: 1 }), runs: Type.Array(SilentRun, { maxItems: 20 }) },
        { description: 'runs that wait and did not answer in time; they are in no other number' },
      ),
    ),
    partial: Type.Optional(
      Type.Literal(true, { description: 'of what is decided: more may have been decided than was looked for' }),
    ),
    next_cursor: Type.Optional(Cursor),
  },
  { $id: 'Inbox' },
);
export type Inbox = Static<typeof Inbox>;
