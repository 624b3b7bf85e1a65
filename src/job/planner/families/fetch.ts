import { open } from '../draft/sources';
import type { JsonObject } from '../../../../schemas/json';
import type { Draft } from '../draft/draft';
import { formatOf, type Made } from '../draft/made';
import { fetchUrl } from '../draft/urls';
import type { Family, Clause } from '../family';
import type { Format, Ref, Source } from '../reading';
import { Baseless, Refusal } from '../refusal';
import { selectColumns } from './columns';
import { AUTH_SLOTS, headersOf } from './parts/auth';
import { settingsOf } from './parts/body';
import type { Setting } from '../values/settings';
import { pagingOf, PAGING_SLOTS } from './parts/paging';
import { WHERE_SLOTS } from './parts/rows';
import { take, takeRows } from './parts/take';
import { saveTo } from './parts/write';
import { textOf } from '../grammar/slots';

/** Reading from addresses, files, tables, the context and the memory. */
export const fetchFamily: Family = {
  name: 'fetch',
  does: 'fetches data from an address, a file, a table or the context',
  examples: [
    'Fetch data from https://api.example.com/users and save to output/users.json',
    'Get all pages of https://api.example.com/orders following the Link header, with the token in API_TOKEN',
    'Récupère les clients de la table customer dont country vaut "France"',
  ],
  heads: [
    'fetch',
    'ask',
    'look',
    'query $database_word:database for',
    'query',
    '(with|use) $source:source as [the] (source_word|data)',
    '(with|use) $source:source as [the] source_word (of|for) data',
    'query [the] database [called] $identifier:database (for|colon|comma)',
    'list [all] $source:source',
    'list [all] $sourced:what',
    'call',
    'parse',
    'run [query] $sql:sql',
    '(fetch|query|save) $chosen:columns (from|of|in) [all] [data (of|in|from)] $table_source:source',
    '(fetch|generate) [$format:kind] [file] [comma] [called] $path:path [comma] (holding|that contains)',
    'generate [$format:kind] [file] [comma] [called] $path:path [comma] of',
  ],
  slots: [
    '[all] paged:paged [of] $things:what',
    '[of] $things:what',
    'destination [file] [called] $path:path',
    '(from|in|at|of|on) $source:source',
    '$chosen:columns [(of|from|for) [all] (data|noun|ones)]',
    '(from|of) $source:source comma only [all] [data|noun|them|ones] (whose|that) $conditions:where',
    '(from|in|on|of) database:unnamed [[called] $identifier:database]',
    'in_parallel',
    '(top|best) $number:limit',
    '$number:limit top',
    'as $format:format',
    ...WHERE_SLOTS,
    ...AUTH_SLOTS,
    'with timeout [of|equals] $duration:timeout',
    'open [with|the] column [be|colon] $fields:aside close',
    'with [only] column [colon] $fields:columns',
    'with value_word (of|from|in) column $identifier:filled',
  ],
  bare: [
    '$chosen:columns (of|from) [all] [data (of|in|from)] $table_source:source',
    '[data] source_word [colon|be] ($sourced:what|$source:source)',
    'data_itself [given] (from|based_on|colon) $source:source $stop:aside',
    'who_me keeps_at $sourced:what',
    'there_is $sourced:what',
    '$subject:holder (keeps_at|save) $sourced:what',
    'who_me has $identifier:holder $sourced:what',
    'paged:paged place colon $source:source',
    'paged:paged [of] $sourced:what',
  ],
  predicates: [
    '[comma] (needs|wishes) $credential:credential',
    '[be] paged:paged',
    '[must] [be] located [from|in|at|on] $source:source',
    'be (from|in|at|on) $source:source',
  ],
  tails: [
    '[comma] that gives $counted:told [comma]',
    ...PAGING_SLOTS,
    '[comma|open] [with] [the] parameter [colon|called|be] $settings:query [close]',
  ],
  needs: [['what', 'source', 'sql']],
  passive: true,
  plan(clause, draft) {
    const { slots } = clause;
    const refs = slots['what'] as Ref[] | Ref | undefined;
    // "the brewers put their counts in …": who keeps it says nothing more
    void slots['holder'];
    checkDatabase(draft, clause, refs);
    // "crée la table t, y charger a.csv": where it goes
    if (draft.input.language === 'fr' && draft.input.tokens[clause.start - 1]?.folded === 'y')
      throw new Refusal([clause.start - 1, clause.end], 'say where this goes, such as "dans la table t"');
    checkFilled(draft, clause);
    // "collect the posts of all pages", after it was said how they are asked for
    if (draft.steps.all.at(-1)?.with?.['paging'] !== undefined) void slots['paged'];
    const list = (refs === undefined ? [undefined] : Array.isArray(refs) ? refs : [refs]).map((ref) =>
      inDatabase(draft, ref, slots['database']),
    );
    if (slots['path'] !== undefined && list.length > 1)
      throw new Refusal(
        draft.span,
        'several things do not go into one file: name one for each, or say how to put them together',
      );
    for (const ref of list) {
      if (slots['source'] !== undefined && ref?.kind === 'thing' && ref.source !== undefined)
        throw new Baseless(draft.span, 'two places are named to read from: which one is it?');
      const source = (slots['source'] as Source | undefined) ?? (ref?.kind === 'thing' ? ref.source : undefined);
      const where = slots['where'] ?? (ref?.kind === 'thing' ? ref.where : undefined);
      const isTable = source?.type === 'table' && where !== undefined;
      finish(draft, clause, takeRows(draft, ref, clause, isTable ? undefined : read(draft, clause, ref, list.length)));
    }
  },
};

/** "… /towns/<code> with the value of the column code": what stands for a place of the address. */
function checkFilled(draft: Draft, { slots }: Clause): void {
  if (slots['filled'] === undefined) return;
  const name = textOf(slots['filled']);
  if (!new RegExp(`[{<]${name}[}>]`).test(JSON.stringify([slots['what'], slots['source']])))
    throw new Refusal(draft.span, `the address has no place for "${name}"`);
}

/** "load a.csv into the database": a file goes there only into a table. */
function checkDatabase(draft: Draft, { slots, start, end }: Clause, refs: Ref[] | Ref | undefined): void {
  const sources = [refs ?? []].flat().map((ref) => (ref.kind === 'thing' ? ref.source : undefined));
  const isElsewhere = [...sources, slots['source'] as Source | undefined].some(
    (source) => source !== undefined && source.type !== 'table' && source.type !== 'sql',
  );
  if (slots['unnamed'] !== true || !isElsewhere) return;
  let at = end - 1;
  while (at > start && !draft.input.is(at, 'database')) at--;
  const from = draft.input.is(at - 1, 'the') ? at - 2 : at - 1;
  throw new Refusal([from, at + 1], 'say the table of the database, such as "into the table orders"');
}

/** "read in the database crm the rows of the table leads": the table is there. */
export function inDatabase(draft: Draft, ref: Ref | undefined, database: unknown): Ref | undefined {
  if (database === undefined) return ref;
  const source = ref?.kind === 'thing' ? ref.source : undefined;
  const isThere = source?.type === 'table' || source?.type === 'sql';
  if (ref?.kind !== 'thing' || !isThere || (source.database ?? database) !== database)
    throw new Refusal(draft.span, `say which table of the database ${textOf(database)} this is`);
  return { ...ref, source: { ...source, database: textOf(database) } };
}

function read(draft: Draft, clause: Clause, ref: Ref | undefined, count: number): Made {
  const given = clause.slots['source'] as Source | undefined;
  if (clause.slots['sql'] !== undefined && ref !== undefined)
    throw new Refusal(ref.at, 'the statement says already what is read');
  if (clause.slots['sql'] !== undefined)
    return open(draft, { type: 'sql', sql: textOf(clause.slots['sql']) }, '', draft.span);
  if (given && ref?.kind === 'figure')
    throw new Refusal(ref.at, 'it is not clear what the figure is of: say "compute the average of price in …"');
  if (given && count > 1) throw new Refusal(draft.span, 'say for each of them where it comes from');
  const source = given ?? (ref?.kind === 'thing' ? ref.source : undefined);
  if (source?.type === 'url') {
    const words = ref?.kind === 'thing' ? ref.words : [];
    draft.checkWords(words, source);
    const label = ref?.kind === 'thing' && !isData(draft, ref) ? ref.label : '';
    return fetchUrl(draft, source, label, ref?.at ?? draft.span, requestOf(clause, draft, source.url));
  }
  if (given) return open(draft, given, ref?.kind === 'thing' ? ref.label : '', draft.span);
  // "the rows are in a.csv; read it": it is there already
  if (ref?.kind === 'current' && draft.made.some(({ consumed, used }) => !consumed && !used))
    return draft.data(draft.current(ref.at, ref.many));
  // "download it to x.csv, then read it": the file
  const saved = ref?.kind === 'current' ? draft.made.findLast(({ file }) => file?.path !== undefined) : undefined;
  if (ref?.kind === 'current' && saved?.file?.path !== undefined) {
    draft.note(`"${draft.input.text(...ref.at, draft.goal)}" was taken for the file ${saved.file.path}.`);
    return draft.data({ ...saved, used: false });
  }
  if (ref?.kind === 'current') throw new Refusal(ref.at, 'say from which address, file or table this is to be fetched');
  const made = take(draft, ref?.kind === 'thing' ? { ...ref, where: undefined } : ref, clause);
  return made.file?.path !== undefined ? draft.data(made) : made;
}

/** "the data of", "the list at": no name of its own. */
const isData = (draft: Draft, { words }: { words: { token: number }[] }): boolean =>
  words.every(({ token }) => draft.input.is(token, 'data', 'response', 'page', 'file'));

function requestOf(clause: Clause, draft: Draft, url: string): JsonObject {
  const { slots } = clause;
  return {
    ...headersOf(clause, draft, url),
    ...pagingOf(clause, draft, url),
    ...(slots['query'] === undefined
      ? {}
      : { query: settingsOf(draft, slots['query'] as { [name: string]: Setting }) }),
    ...(slots['timeout'] === undefined ? {} : { timeout: textOf(slots['timeout']) }),
  };
}

function finish(draft: Draft, clause: Clause, rows: Made): void {
  const columns = clause.slots['columns'] as string[] | undefined;
  if (columns !== undefined) rows = selectColumns(draft, rows, columns);
  const format = clause.slots['format'] as Format | undefined;
  const path = clause.slots['path'];
  const kind = clause.slots['kind'];
  if (kind !== undefined && formatOf(textOf(path)) !== kind)
    throw new Refusal(
      draft.span,
      `the file is named ${textOf(path)} and asked for as ${textOf(kind)}: which one is it?`,
    );
  if (path !== undefined) {
    saveTo(draft, rows, textOf(path), clause);
    return;
  }
  const asked = rows.step === undefined ? undefined : draft.steps.get(rows.step);
  if ((format === 'text' || format === 'html' || format === 'markdown') && rows.answer === true && asked?.with) {
    asked.with['response'] = 'text';
    rows.form = 'text';
  }
  if (format !== 'csv' && format !== 'xlsx') return;
  const data = draft.data(rows);
  const step = draft.add(`to_${format}`, { uses: `transform.to_${format}`, with: { items: draft.template(data) } });
  draft.remake(
    data,
    format === 'csv' ? { form: 'text', step, path: 'text' } : { form: 'file', step, path: 'file', file: { format } },
  );
}
