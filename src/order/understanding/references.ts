import { plainWords } from './text';

/** Words and signs between two references, of which one is meant. */
const BETWEEN =
  /\s*(?:→|⇒|➔|->|=>|>>)\s*|\s+(?:ou|or|oder|o|of|lub|eller|ou bien|resp\.?|bzw\.?|et|and|und|e|y|en|och|og|i|alternativ\w*|alternatief|sinon|else|sonst|remplacé par|remplace par|replaced by|ersetzt durch|sostituito da|sustituido por|reemplazado por|vervangen door|substituído por|zastąpiony przez|ersatt av|erstattet af|now|neu|nouveau|new)\s+|\s+[/+&|]\s+|\s*[;\n]\s*|\s*,\s+/i;
const IN_BRACKETS = /^(\S+)\s*[([](.+)[)\]]$/;

/** A short text with a digit and without spaces. */
const isCode = (text: string): boolean => /^(?=.*\d)\S{2,40}$/.test(text);

/** The references that a cell names: `AB-1 → AB-2`, `AB-3 ou AB-4`, `AB-5 (remplacé par AB-6)`; one for a plain code. */
export function namedReferences(text: string): string[] {
  const [, first, inside] = IN_BRACKETS.exec(text) ?? [];
  if (first !== undefined && inside !== undefined && isCode(first)) {
    const codes = inside.split(/\s+/).filter((word) => isCode(word) && alike(word, first));
    if (codes.length > 0) return [first, ...codes];
    return [text];
  }
  const parts = text.split(BETWEEN).filter((part) => part.trim() !== '');
  return parts.length > 1 && parts.every(isCode) ? parts : [text];
}

/** Whether two codes look alike: the same letters before their digits, or digits alone of one length. */
const alike = (a: string, b: string): boolean => {
  const begin = (code: string) => plainWords(code).replace(/\d.*$/, '').trim();
  return begin(a) === begin(b) && Math.abs(a.length - b.length) <= 2;
};
