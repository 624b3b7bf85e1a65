import type { Inbox, InboxItem } from '../../schemas/inbox/api';
import { decodeCursor, encodeCursor } from '../../src/runs/cursor';
import type { Call, Handlers } from '../part';
import type { inboxContracts } from './contract';
import { countKinds, createInboxItems, type ItemDependencies } from './items';
import { silentOf } from './views';

/** Runs that do not answer, of which an answer names no more. */
const SILENT = 20;

export function inboxRoutes(deps: ItemDependencies): Handlers<typeof inboxContracts> {
  const inbox = createInboxItems(deps);
  return {
    async getInbox(call) {
      if (call.query.state === 'decided') {
        const { items, partial } = await inbox.decided(call);
        return { body: { ...pageOf(call, items, recency), partial: partial || undefined } };
      }
      const { items, silent } = await inbox.open(call);
      const runs = silent.slice(0, SILENT).map(silentOf);
      const named = silent.length > 0 ? { total: silent.length, runs } : undefined;
      return { body: { ...pageOf(call, items, urgency), silent: named } };
    },
  };
}

/** The page of those that fit the filters. A cursor is the place of the last item, so that none is passed over. */
function pageOf({ query }: Call, items: InboxItem[], placeOf: (item: InboxItem) => string): Inbox {
  const { kind, limit, cursor } = query;
  const fitting = items.filter((item) => fits(item, query));
  const ofKind = fitting
    .filter((item) => kind === undefined || item.kind === kind)
    .map((item) => ({ item, place: placeOf(item) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const after = cursor === undefined ? '' : decodeCursor(String(cursor), isPlace);
  const rest = ofKind.filter(({ place }) => place > after);
  const page = rest.slice(0, Number(limit ?? 50));
  const next_cursor = page.length < rest.length ? encodeCursor(page.at(-1)?.place) : undefined;
  return { total: ofKind.length, counts: countKinds(fitting), items: page.map(({ item }) => item), next_cursor };
}

function fits(item: InboxItem, { process, assignee, mine, q }: Call['query']): boolean {
  const text = () => [item.title, item.question, item.subject, item.assignee].join('\n').toLowerCase();
  return (
    (process === undefined || item.process === process) &&
    (assignee === undefined || item.assignee === assignee) &&
    (mine === undefined || item.mine === (mine === 'true')) &&
    (q === undefined || text().includes(String(q).toLowerCase()))
  );
}

/** Places in the list: what blocks first, then by due date, then the oldest. */
const urgency = ({ blocking, due_at, since, id }: InboxItem): string =>
  [blocking ? 0 : 1, due_at ?? '9', since, id].join(' ');

/** Places in the list: what was decided last first. */
const recency = ({ decision, id }: InboxItem): string =>
  `${String(1e15 - Date.parse(decision?.decided_at ?? '')).padStart(16, '0')} ${id}`;

const isPlace = (value: unknown): value is string => typeof value === 'string';
