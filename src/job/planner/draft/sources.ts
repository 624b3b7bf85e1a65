import type { JsonObject } from '../../../../schemas/json';
import { pagingOf } from '../families/parts/paging';
import { filterRows, sortRows } from '../families/parts/rows';
import { isSimple, selectRows } from '../families/parts/table';
import type { Clause } from '../family';
import type { Conditions, Deed, Ref, Source, Span } from '../reading';
import { Refusal } from '../refusal';
import { sameName } from '../text/fold';
import { identifier, MAX_ROWS, stemOf, type Draft } from './draft';
import { formatOf, type Made } from './made';
import { workspacePath } from './paths';
import { fetchUrl } from './urls';

/** What a word of the goal stands for; without one, what was made last. */
export function resolve(draft: Draft, ref: Ref | undefined, clause: Clause): Made {
  if (ref === undefined) return unparted(draft, draft.current([clause.start, clause.end]), clause);
  const file = ref.kind === 'figure' ? undefined : fileMoved(draft, ref.at);
  if (file !== undefined) return open(draft, { type: 'path', path: file }, '', ref.at);
  if (ref.kind === 'current')
    return ref.deed === undefined
      ? unparted(draft, draft.current(ref.at, ref.many), clause)
      : outcomeOf(draft, ref, ref.deed);
  if (ref.kind === 'figure')
    throw new Refusal(ref.at, 'a figure cannot stand here: say first what it is the figure of');
  if (ref.ranked !== undefined) {
    const rows = resolve(draft, { ...ref, ranked: undefined }, clause);
    return sortRows(draft, rows, ref.ranked.by, ref.ranked.limit);
  }
  if (ref.where !== undefined) return restricted(draft, { ...ref, where: undefined }, ref.where, clause);
  if (ref.source) {
    const { source, words } = ref;
    if (
      source.type === 'context' &&
      source.name !== undefined &&
      draft.contextKey(source.name) === undefined &&
      words.length > 1
    ) {
      draft.checkModifiers(words, words.at(-1)?.text);
      return open(draft, { ...source, name: words.at(-1)?.text }, ref.label, ref.at);
    }
    draft.checkNames(ref, source);
    if (source.type === 'url' && words.some(({ token }) => draft.input.is(token, 'page')))
      return fetchUrl(draft, source, ref.label, ref.at, pagingOf({ slots: { paged: true } }, draft, source.url));
    return open(draft, source, ref.label, ref.at);
  }
  const table = tableNamed(draft, ref);
  if (table !== undefined) return open(draft, { type: 'table', table }, '', ref.at);
  return wholeOf(draft, draft.byName(ref.words, ref.label, ref.at, ref.article === true));
}

/** "that file", right after one was copied or moved: the one that is there now. */
function fileMoved(draft: Draft, [start, end]: Span): string | undefined {
  const last = draft.steps.all.at(-1);
  const to = /^file\.(copy|move)$/.test(last?.uses ?? '') ? last?.with?.['to'] : undefined;
  const isFile = end <= start + 2 && /^(file|fichier)$/.test(draft.input.tokens[end - 1]?.folded ?? '');
  if (!isFile || typeof to !== 'string' || to.includes('${{')) return undefined;
  draft.named.add(end - 1);
  return to;
}

/** True for the last part of rows of which several have gone somewhere, each chosen by itself. */
const isPart = (draft: Draft, { chosen, used, labels }: Made): boolean =>
  chosen !== undefined &&
  used &&
  draft.made.filter((one) => one.chosen !== undefined && one.used && one.labels.join() === labels.join()).length > 1;

/** "the orders", once those of DE and those of FR have gone somewhere: all of them. */
const wholeOf = (draft: Draft, made: Made): Made => (isPart(draft, made) ? (made.chosen?.from() ?? made) : made);

/** @throws Refusal for "them" after such parts: it could be the last of them, or all */
function unparted(draft: Draft, made: Made, { slots, start, end }: Clause): Made {
  if (slots['chosen'] !== undefined) return wholeOf(draft, made);
  if (isPart(draft, made) && slots['where'] === undefined)
    throw new Refusal([start, end], 'it is not clear which of these rows are meant: the last of them, or all');
  return made;
}

/** "the rows of staging_orders", in a goal that speaks of tables: one that is called so, where nothing else is. */
function tableNamed(draft: Draft, { words }: Ref & { kind: 'thing' }): string | undefined {
  const { input } = draft;
  const [word, second] = words;
  const name = word?.text ?? '';
  const at = (word?.token ?? 0) - 1;
  const isRows = input.is(at, 'of', 'from') && input.is(at - 1, 'data', 'ones');
  const isKnown = draft.contextKey(name) !== undefined || draft.made.some(({ labels }) => labels.includes(name));
  const isOne = second === undefined && /^[a-z]+(_[a-z0-9]+)+$/.test(name) && isRows && !isKnown;
  if (!isOne || !input.tokens.some((_, token) => input.is(token, 'table', 'database'))) return undefined;
  if (word) draft.named.add(word.token);
  draft.note(`"${name}" was taken for a table.`);
  return name;
}

/** "the merged orders": the rows that were made so last. @throws Refusal where none were */
function outcomeOf(draft: Draft, { at, label }: Ref & { kind: 'current' }, deed: Deed): Made {
  const isSo = ({ consumed, step, sorted, chosen }: Made): boolean =>
    !consumed &&
    (draft.steps.get(step ?? '')?.uses === `transform.${deed}` ||
      (deed === 'sort' && sorted === true) ||
      (deed === 'filter' && chosen !== undefined));
  const made = draft.made.findLast((one) => isSo(one));
  if (made === undefined || (label !== undefined && !made.labels.some((known) => sameName(known, label))))
    throw new Refusal(at, `I do not know what "${draft.input.text(...at, draft.goal)}" stands for`);
  for (let token = at[0]; token < at[1]; token++) draft.named.add(token);
  return made;
}

/** The rows of a thing for which conditions hold. */
function restricted(draft: Draft, ref: Ref & { kind: 'thing' }, where: Conditions[], clause: Clause): Made {
  return ref.source?.type === 'table' && isSimple(where)
    ? selectRows(draft, ref.source, ref, where)
    : filterRows(draft, resolve(draft, ref, clause), where, false, ref.at);
}

/** Data of a place. */
export function open(draft: Draft, source: Source, label: string, at: Span): Made {
  switch (source.type) {
    case 'url':
      return fetchUrl(draft, source, label, at, {});
    case 'path':
      workspacePath(source.path, at);
      if (/^(files|fichiers)$/.test(label) && !/\.\w+$/.test(source.path)) return filesOf(draft, source.path);
      if (source.path.includes('*'))
        throw new Refusal(at, `"${source.path}" is of several files: name one, or say 'search for "…" in them'`);
      return (
        (source.sheet === undefined ? written(draft, source.path) : undefined) ??
        readBefore(draft, source) ??
        draft.make({
          labels: [label, stemOf(source.path)].filter(Boolean),
          form: 'file',
          file: {
            path: source.path,
            format: formatOf(source.path) ?? 'text',
            ...(source.sheet === undefined ? {} : { sheet: source.sheet }),
            ...(source.delimiter === undefined ? {} : { delimiter: source.delimiter }),
          },
        })
      );
    case 'table':
    case 'sql': {
      const sql = source.type === 'sql' ? source.sql : `SELECT * FROM ${identifier(source.table)}`;
      if (!/^\s*(select|with|values|explain|table)\b/i.test(sql))
        throw new Refusal(at, 'draft statement changes data: say "run" or "execute" before it');
      const name = source.type === 'table' ? source.table : label;
      const database = source.database === undefined ? {} : { database: source.database };
      const step = draft.add(`query_${slugged(name) || 'database'}`, {
        uses: 'sql.query',
        with: { sql: draft.literal(sql), ...database, max_rows: MAX_ROWS },
      });
      if (source.type === 'table') {
        draft.worded.add(step);
        if (source.columns !== undefined) draft.columns.set(step, source.columns);
        draft.after(step, source.table, /^sql\.(insert|execute)$/);
      }
      return draft.make({ labels: [label, name].filter(Boolean), form: 'data', step, path: 'rows' });
    }
    case 'context':
      return draft.ofContext(source.name, at);
    case 'list':
      return draft.make({
        labels: [label, 'list'].filter(Boolean),
        form: 'data',
        root: JSON.stringify(source.values),
      });
    case 'kept': {
      const step = draft.add('kept_values', { uses: 'memory.list', with: {} });
      return draft.make({ labels: ['values', 'kept'], form: 'data', step, path: 'entries' });
    }
    case 'memory': {
      const step = draft.add(`recall_${source.name}`, { uses: 'memory.get', with: { name: source.name } });
      return draft.make({ labels: [label, source.name].filter(Boolean), form: 'data', step, path: 'value' });
    }
  }
}

/** "the files in out/": which ones there are. */
function filesOf(draft: Draft, folder: string): Made {
  const step = draft.add('list_files', { uses: 'file.list', with: { path: folder.replace(/\/$/, '') } });
  return listedBy(draft, step);
}

/** What a listing of files has given. */
export const listedBy = (draft: Draft, step: string): Made =>
  draft.make({ labels: ['files', 'fichiers', 'list'], form: 'data', step, path: 'files' });

/** Begins what is done for each element of a list. */
export function openEach(draft: Draft, ref: Ref, clause: Clause): void {
  const isOfContext =
    ref.kind === 'thing' &&
    draft.contextKey(ref.label, true) !== undefined &&
    (ref.source?.type === 'context' || (!ref.source && draft.made.every(({ consumed }) => consumed)));
  // "take the list ids; for each identifier": whatever one of them is called
  const named = ref.kind === 'thing' && ref.source === undefined ? { ...ref, article: true } : ref;
  const found = isOfContext ? draft.ofContext(ref.label, ref.at, true) : resolve(draft, named, clause);
  const list = ref.kind === 'current' ? (repeatedBefore(draft, found) ?? found) : found;
  const isChosen = isOfContext && ref.where !== undefined;
  const made = draft.data(isChosen ? filterRows(draft, list, ref.where ?? [], false, ref.at) : list);
  made.used = true;
  if (ref.kind === 'thing') for (const { token } of ref.words) draft.named.add(token);
  const label = ref.kind === 'thing' ? ref.label : '';
  draft.each = {
    list: draft.expression(made),
    labels: [...new Set([label, ...made.labels, 'item', 'element'])].filter(Boolean),
    steps: new Set(),
    plain: holdsPlain(draft, made),
  };
}

/** "open each valve …, then close each of them": the list that something was done for, and not what that answered. */
function repeatedBefore(draft: Draft, { step: id, used, answer }: Made): Made | undefined {
  const list = /^\$\{\{ (.*) \}\}$/.exec(draft.steps.get(id ?? '')?.for_each ?? '')?.[1];
  return used && answer === true && list !== undefined
    ? draft.make({ labels: ['item'], form: 'data', root: list, used: true })
    : undefined;
}

/** True if the elements of a list of the goal or of the context are plain values. */
function holdsPlain(draft: Draft, { root, path }: Made): boolean {
  if (root === undefined) return false;
  const key = /^input\.(\w+)$/.exec(root)?.[1];
  const list: unknown = root.startsWith('[')
    ? JSON.parse(root)
    : key !== undefined && path === ''
      ? (draft.context as JsonObject)[key]
      : undefined;
  return Array.isArray(list) && list.every((one) => one === null || typeof one !== 'object');
}

/** The file that an earlier step has written there. */
function written(draft: Draft, path: string): Made | undefined {
  return draft.made.findLast(({ file, step }) => step !== undefined && file?.path === path);
}

/** A file that was read before, where nothing has been made of it yet. */
function readBefore(draft: Draft, { path, sheet, delimiter }: Source & { type: 'path' }): Made | undefined {
  const isFree = (made: Made | undefined): boolean => made !== undefined && !made.consumed && !made.used;
  const before = draft.made.findLast(
    ({ file, step }) =>
      step === undefined && file?.path === path && file.sheet === sheet && file.delimiter === delimiter,
  );
  return isFree(before) ? before : isFree(before?.rows) ? before?.rows : undefined;
}

const slugged = (text: string): string => text.replace(/[^A-Za-z0-9]+/g, '_').slice(0, 30);
