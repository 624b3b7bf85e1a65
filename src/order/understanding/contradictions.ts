import type { UnnumberedLine } from './line';
import { plainWords } from './text';

/** Sizes by the words and letters for them. */
const SIZES: readonly [string, RegExp][] = [
  ['XS', /(?<!\p{L})(?:xs|extra small|tres petit|extra klein)(?!\p{L})/u],
  ['XL', /(?<!\p{L})(?:xl|extra large|extra gross|tres grand|extra grande|extra groot)(?!\p{L})/u],
  ['S', /(?<!\p{L})(?:s|small|petit|petite|klein|piccol[oa]|pequen[oa]|pequeno)(?!\p{L})/u],
  ['M', /(?<!\p{L})(?:m|medium|moyen|moyenne|mittel|medi[oa]|median[oa])(?!\p{L})/u],
  ['L', /(?<!\p{L})(?:l|large|grand|grande|gross|groot)(?!\p{L})/u],
];
/** A size at the end of a code: `GL-NIT-M`. */
const CODED = /[-_/. ](XXL|XL|XS|S|M|L)$/i;

/** The size that words name; undefined for none, or several. */
function sizeIn(text: string): string | undefined {
  let plain = plainWords(text);
  const found: string[] = [];
  for (const [size, pattern] of SIZES) {
    if (!pattern.test(plain)) continue;
    found.push(size);
    plain = plain.replace(pattern, ' ');
  }
  return found.length === 1 ? found[0] : undefined;
}

/** Warns of lines whose code ends with another size than their words name, where the codes of others agree with theirs. */
export function checkContradictions(drafts: readonly UnnumberedLine[]): void {
  const sized = drafts.flatMap((draft) => {
    const { reference, description, variant } = draft.line;
    const coded = CODED.exec(reference?.value ?? '')?.[1]?.toUpperCase();
    const said = sizeIn(`${description?.value ?? ''} ${variant?.value ?? ''}`);
    return coded && said ? [{ draft, coded, said }] : [];
  });
  const wrong = sized.filter(({ coded, said }) => coded !== said);
  if (wrong.length === sized.length) return;
  for (const { draft, coded } of wrong) {
    const { reference, description } = draft.line;
    const evidence = [reference?.from, description?.from].flatMap((from) => from ?? []);
    for (const value of [reference, description]) if (value) value.confidence = Math.min(value.confidence, 0.4);
    draft.issues.push({ code: 'line.contradiction', evidence, words: { text: reference?.value ?? '', size: coded } });
  }
}
