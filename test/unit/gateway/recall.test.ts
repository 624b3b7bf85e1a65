/** The local embedding finds what people search for: test/eval/memory/pairs.json was written before it. */
import { embed } from '../../../src/gateway/mock/embedding';
import pairs from '../../eval/memory/pairs.json';

const near = (a: number[], b: number[]): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
const kept = pairs.map((pair) => embed(pair.kept));

/** The place of a pair's memory among all sixty, from 1. */
const placeOf = ({ searched }: (typeof pairs)[number], at: number): number => {
  const asked = embed(searched);
  const own = near(asked, kept[at] ?? []);
  return 1 + kept.filter((other, i) => i !== at && near(asked, other) >= own).length;
};

it.each(['en', 'fr'])(
  'of the searches in %s at least four in five find their memory among the first five',
  (language) => {
    const places = pairs.flatMap((pair, at) => (pair.language === language ? [placeOf(pair, at)] : []));
    expect(places).toHaveLength(30);
    expect(places.filter((place) => place <= 5).length / places.length).toBeGreaterThanOrEqual(0.8);
  },
);
