import type { Found, Input, ValueType } from '../grammar/input';
import type { Ref, Source } from '../reading';
import { nouns } from './things';

/** The places that a ranking may be read from; what is in brackets may name the field besides. */
const BEHIND = [
  '(of|from|in) table [called] $table_id:table [(in|of|from) database [called] $identifier:database] open [by|on] column $field:by close',
  '(of|from|in) $source open [column] [(by|on)] $field:by close',
  'open [the] $source [comma] [by|on] column $field:by close',
  'open [the] $source [comma] sort by $orders:orders close',
  '(with|by) [the] (highest:desc|maximum:desc|minimum:asc) $field:by open [the] $source close',
  '(with|by) [the] (highest:desc|maximum:desc|minimum:asc) $field:by (of|from|in) $source',
];

/** "the 50 newest rows of t (created_at)", "les 20 plus grosses commandes (table commandes, colonne montant)". */
export const ranked: ValueType = (input, at) => {
  const start = input.skip(at, 'the');
  return input.values(start, 'number').flatMap(({ end, value: limit }) => {
    const ways = [...wayAt(input, end), { end, value: undefined }];
    // "les 100 factures les plus récentes de …": the way stands behind the name
    const behind = nouns(input, end).flatMap((noun) =>
      wayAt(input, noun.end).map((way) => ({ noun: { ...noun, end: way.end }, way: way.value })),
    );
    const named = ways.flatMap(({ end: after, value: way }) => nouns(input, after).map((noun) => ({ noun, way })));
    return [...behind, ...named].flatMap(({ noun, way }) =>
      BEHIND.flatMap((shape) => input.match(shape, noun.end)).flatMap((match): Found[] => {
        const { table, database } = match.slots as { table?: string; database?: string };
        const source: Source =
          table === undefined
            ? (match.slots['source'] as Source)
            : { type: 'table', table, ...(database === undefined ? {} : { database }) };
        const orders = match.slots['orders'] as { field: string; order?: string }[] | undefined;
        const order = way ?? (match.slots['desc'] === true ? 'desc' : match.slots['asc'] === true ? 'asc' : undefined);
        if (source.type === 'url' || (orders === undefined && order === undefined)) return [];
        const by = orders ?? [{ field: String(match.slots['by']), ...(order === 'desc' ? { order } : {}) }];
        const label = noun.words.map(({ text }) => text).join(' ');
        const ref: Ref = {
          kind: 'thing',
          label,
          words: noun.words,
          article: true,
          explained: true,
          source,
          ranked: { by, limit: Number(limit) },
          at: [at, match.end],
        };
        return [{ end: match.end, value: ref }];
      }),
    );
  });
};

/** Which ones come first: "newest", "plus grosses", "derniers". */
function wayAt(input: Input, at: number): Found[] {
  const last = input.ends(at, 'last').map((end) => ({ end, value: 'desc' }));
  return [...last, ...input.values(at, 'superlative')];
}
