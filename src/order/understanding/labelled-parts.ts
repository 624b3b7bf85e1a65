import { factLabelOf } from './lexicon/facts';

/** The labels of a cell that has several, with their values: `Bestelnummer: 18 Datum: 12-05-2026`. */
export function labelledParts(raw: string): { label: string; value: string }[] {
  const marks = [
    ...raw.matchAll(/(?:^|[\s,;|·])((?:\p{L}[\p{L}\d.°º'’-]*[ \t]){0,3}\p{L}[\p{L}\d.°º'’-]*)[ \t]?[:：]/gu),
  ].flatMap(({ index, 0: whole, 1: words = '' }) => {
    // the longest end of the words before a colon that is a label
    const parts = words.split(/[ \t]+/);
    const at = parts.findIndex((_, from) => factLabelOf(parts.slice(from).join(' ')) !== undefined);
    if (at < 0) return [];
    const label = parts.slice(at).join(' ');
    return [{ label, begin: index + whole.lastIndexOf(label), end: index + whole.length }];
  });
  return marks.map(({ label, end }, at) => ({
    label,
    value: raw
      .slice(end, marks[at + 1]?.begin ?? raw.length)
      .replace(/[\s,;|·–-]+$/u, '')
      .trim(),
  }));
}
