import type { Found, Input, ValueType } from '../grammar/input';
import type { Ref, Source } from '../reading';
import { nouns } from './things';

/** The places that a ranking may be read from; what is in brackets may name the field besides. */
const BEHIND = [
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
    return ways.flatMap(({ end: after, value: way }) =>
      nouns(input, after).flatMap((noun) =>
        BEHIND.flatMap((shape) => input.match(shape, noun.end)).flatMap((match): Found[] => {
          const source = match.slots['source'] as Source;
          const orders = match.slots['orders'] as { field: string; order?: string }[] | undefined;
          const order =
            way ?? (match.slots['desc'] === true ? 'desc' : match.slots['asc'] === true ? 'asc' : undefined);
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
      ),
    );
  });
};

/** Which ones come first: "newest", "plus grosses", "derniers". */
function wayAt(input: Input, at: number): Found[] {
  const last = input.ends(at, 'last').map((end) => ({ end, value: 'desc' }));
  return [...last, ...input.values(at, 'superlative')];
}
