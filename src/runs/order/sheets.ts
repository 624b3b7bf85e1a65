import type { OrderFile, OrderSummary } from '../../../schemas/order/run';
import { FileCache } from '../../documents/cache';
import { PAGE } from '../../documents/paged';
import { isIn, marksOf, rowsMarked, type Mark, type Placed, type SheetRange } from '../../order/marks';
import { workflowIdOf } from '../../temporal/ids';
import { notFound, RunError } from '../errors';
import type { RunDependencies } from '../ports';
import type { RunReader } from '../read-run';
import type { createOrderDesk } from './desk';

/** Marks of a window; one cell may be the source of a value of every line. */
const MOST_MARKS = 5_000;

/** Orders of which the files are remembered, pages of drafts of which the rows are, and marks: ten pages have so many. */
const REMEMBERED = { orders: 1_000, pages: 2_000, marks: 100_000 };

/** The first events of an order, among which is the one that names its files. */
const BEGINNING = 20;

interface Files {
  files: OrderFile[];
  bytes: number;
}

/** Pages of a draft, and the rows that the marks of each reach over. */
interface Rows {
  pages: ReturnType<typeof rowsMarked>[];
  bytes: number;
}

/** The marks of a page of a draft. */
interface Marks {
  marks: Placed[];
  more: boolean;
  bytes: number;
}

/** The files of orders, and the cells that their drafts name. */
export function createOrderSheets(
  { settings }: Pick<RunDependencies, 'settings'>,
  { readEvents }: Pick<RunReader, 'readEvents'>,
  { readDraft }: Pick<ReturnType<typeof createOrderDesk>, 'readDraft'>,
) {
  // what is counted here is not bytes, but orders, pages and marks
  const known = new FileCache<Files>(REMEMBERED.orders, 1);
  const rows = new FileCache<Rows>(REMEMBERED.pages, REMEMBERED.pages);
  const placed = new FileCache<Marks>(REMEMBERED.marks, REMEMBERED.marks);

  async function marksOn(draft: OrderSummary, page: number): Promise<Marks> {
    const key = `${draft.order.$ref} ${page}`;
    const there = placed.get(key);
    if (there) return there;
    const part = await readDraft(draft, page * PAGE, PAGE);
    const marks = [...marksOf(part.draft, page * PAGE)];
    const found = { marks, more: part.more, bytes: marks.length };
    placed.set(key, found);
    return found;
  }

  /** The rows that each page of a draft has marks in. All pages are read once, one at a time. */
  async function rowsOf(draft: OrderSummary): Promise<Rows['pages']> {
    const { $ref } = draft.order;
    const there = rows.get($ref);
    if (there) return there.pages;
    const pages: Rows['pages'] = [];
    for (let more = true; more;) {
      const page = await marksOn(draft, pages.length);
      pages.push(rowsMarked(page.marks));
      more = page.more;
    }
    rows.set($ref, { pages, bytes: pages.length });
    return pages;
  }

  return {
    /** The files of an order as they came, those of its mails included. */
    async readOrderFiles(orderId: string): Promise<OrderFile[]> {
      const there = known.get(orderId);
      if (there) return there.files;
      const id = workflowIdOf(settings.namespace, 'order', orderId);
      const { events } = await readEvents(id, 0, BEGINNING).catch((error: unknown) => {
        const unknown = error instanceof RunError && error.fault === 'not_found';
        throw unknown ? notFound(`There is no order ${orderId}.`) : error;
      });
      const received = events.find(({ event_type }) => event_type === 'ORDER.RECEIVED');
      if (!received)
        throw new RunError('conflict', 'The order is just being taken in. Try again in a moment.', { retryAfter: 1 });
      const { files } = received.payload as unknown as { files: OrderFile[] };
      known.set(orderId, { files, bytes: 1 });
      return files;
    },

    /** The cells of a range that a draft names. `more`: there are others, which are left out. */
    async readMarks(draft: OrderSummary, shown: SheetRange): Promise<{ marks: Mark[]; more: boolean }> {
      const marks: Mark[] = [];
      for (const [page, files] of (await rowsOf(draft)).entries()) {
        const { top, bottom } = files.get(shown.file) ?? { top: Infinity, bottom: 0 };
        if (top > shown.range.bottom || bottom < shown.range.top) continue;
        for (const one of (await marksOn(draft, page)).marks) {
          if (!isIn(one, shown)) continue;
          if (marks.length === MOST_MARKS) return { marks, more: true };
          marks.push(one.mark);
        }
      }
      return { marks, more: false };
    },
  };
}
