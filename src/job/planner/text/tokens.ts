import { fold } from './fold';
import { jsonLength, withSecrets } from './json';
import { sqlLength } from './sql';

/**
 * Kinds of tokens. `quoted` stands in quotes, `code` in backticks; both hold what stands between; `json` is an object or
 * a list, `sql` a statement, each as it is written.
 */
export type TokenKind = 'word' | 'number' | 'url' | 'path' | 'quoted' | 'code' | 'json' | 'sql' | 'moment' | 'sign';

/** A piece of the goal; `from` and `to` are offsets in it (UTF-16 units, `to` exclusive). */
export interface Token {
  kind: TokenKind;
  /** as it is written, without quotes */
  text: string;
  /** lower case, without accents */
  folded: string;
  from: number;
  to: number;
}

const EXTENSIONS =
  'json|jsonl|ndjson|csv|tsv|xlsx|xls|ods|txt|md|html|htm|xml|yaml|yml|log|tmp|bak|pdf|docx|zip|gz|sql|tpl|hbs|png|jpe?g|gif|svg|webp|mp[34]|bin|dat|parquet|db|sqlite';

/** Shapes of tokens, the first that fits. */
const SHAPES: [TokenKind, RegExp][] = [
  ['code', /`([^`]+)`/y],
  [
    'quoted',
    /"([^"]+)"|“([^”]+)”|«\s*([^»]+?)\s*»|„([^“”]+)[“”]|(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])|‘([^’]+)’(?![\p{L}])/uy,
  ],
  ['word', /(?<![\p{L}\p{N}])w\/o?(?=\s|$)/iuy],
  ['word', /(?<![\p{L}\p{N}])(?:Dr|Mr|Mrs|Ms|Prof|St|M|Mme|Mlle)\.(?=\s+\p{Lu})/uy],
  ['word', /(?<![\p{L}\p{N}])(?:c\.-à-d\.|i\.e\.)/iuy],
  ['quoted', /(\$\{\{\s*secrets\.\w+\s*\}\})/y],
  ['moment', /(?:now\(\)|current_date|current_timestamp)(?![\w(])(?:\s*-\s*interval\s+'[^']+')?/iy],
  ['url', /https?:\/\/(?:[^\s<>"'`»”)\]]|<\w+>)+/iy],
  [
    'path',
    new RegExp(
      `(?:\\.{0,2}/)?(?:(?:[\\p{L}\\p{N}_.{}*-]|<\\w+>)+/)*(?:[\\p{L}\\p{N}_.{}*-]|<\\w+>)*\\.(?:${EXTENSIONS})(?![\\p{L}\\p{N}])`,
      'iuy',
    ),
  ],
  ['path', /(?:~|\.{0,2})\/[\p{L}\p{N}_.{}*-]+(?:\/[\p{L}\p{N}_.{}*-]+)*\/?/uy],
  [
    'path',
    /[\p{L}\p{N}_.{}*-]+(?:\/[\p{L}\p{N}_.{}*-]+)*\/(?![\p{L}\p{N}*{])|[\p{L}\p{N}_.{}*-]*\*[\p{L}\p{N}_.{}*-]*|[\p{L}_][\p{L}\p{N}_.-]*(?:\/[\p{L}\p{N}_.{}*-]+){1,}/uy,
  ],
  [
    'number',
    /[-−]?\d{4}-\d\d(?![\d-])|[-−]?\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?|-?\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?(?![\d\p{L}])|-?\d+(?:[.,]\d+)?/uy,
  ],
  [
    'word',
    /[\p{L}_$][\p{L}\p{N}_]*(?:[.][\p{L}_][\p{L}\p{N}_]*)*(?:-[\p{L}\p{N}]+)*(?:['’][\p{L}]+|(?<=s)['’](?=\s+\p{L}))?/uy,
  ],
  ['sign', /===?|!==?|<=|>=|≤|≥|≠|<>|->|=>|→|&&|[^\s]/uy],
];

/** The sign that stands for the mark before an element of a list. */
export const BULLET = '•';

const ELISION = /^(?:l|d|qu|n|s|j|c|m|t|lorsqu|puisqu|jusqu)['’]/i;
const CLITIC = /-(?:les|le|la|lui|leur|moi|nous|en|y)$/i;
const TRAILING = /[.,;:!?]+$/;

/** Cuts a goal into tokens. Nothing but white space is between two tokens. */
export function tokenise(goal: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < goal.length;) {
    if (/\s/.test(goal[at] ?? '')) {
      at++;
      continue;
    }
    const elided = ELISION.exec(goal.slice(at, at + 10));
    if (elided && /[\p{L}"«]/u.test(goal[at + elided[0].length] ?? '')) {
      tokens.push(tokenOf('word', elided[0], at, elided[0].length));
      at += elided[0].length;
      continue;
    }
    const next = read(goal, at);
    tokens.push(...next);
    at = next.at(-1)?.to ?? at + 1;
  }
  return tokens;
}

function read(goal: string, at: number): Token[] {
  const bullet = bulletAt(goal, at);
  if (bullet > 0) return [tokenOf('sign', BULLET, at, bullet)];
  const json = jsonLength(goal, at);
  if (json > 0) return [tokenOf('json', withSecrets(goal.slice(at, at + json)), at, json)];
  const sql = /\w/.test(goal[at - 1] ?? '') ? 0 : sqlLength(goal, at);
  if (sql > 0) return [tokenOf('sql', goal.slice(at, at + sql).trim(), at, sql)];
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = at;
    const found = shape.exec(goal);
    if (!found) continue;
    const whole = found[0];
    if (kind === 'quoted' || kind === 'code') {
      const text = found.slice(1).find((group) => group !== undefined) ?? whole;
      return [tokenOf(kind, text, at, whole.length)];
    }
    const cut = kind === 'url' || kind === 'path' ? whole.replace(TRAILING, '') : whole;
    if (kind === 'word') return splitWord(cut, at);
    // "…/<depot>.json" is a place to be filled in, as "{depot}" is
    const isPlace = kind === 'url' || kind === 'path';
    return [{ ...tokenOf(kind, cut, at, cut.length), ...(isPlace ? { text: cut.replace(/<(\w+)>/g, '{$1}') } : {}) }];
  }
  return [tokenOf('sign', goal[at] ?? '', at, 1)];
}

/** Characters of the mark before an element of a list, at the beginning of a line: `-`, `*`, `1.`, `2)`. */
function bulletAt(goal: string, at: number): number {
  const isStep = /^(?:step|étape)\s+\d{1,2}\b[.:)]?(?=\s)/i.exec(goal.slice(at, at + 12));
  if (isStep) return isStep[0].length;
  if (!/(^|\n)\s*$/.test(goal.slice(Math.max(0, at - 20), at))) return 0;
  return /^(?:[-*•–—]|\d{1,2}[.)/])(?=\s)/.exec(goal.slice(at, at + 12))?.[0].length ?? 0;
}

/** A word, and the possessive or the pronoun that hangs on it (`user's`, `enregistre-les`). */
function splitWord(word: string, at: number): Token[] {
  const hanging = /['’](?:s|ve|re|ll|d)?$/i.exec(word) ?? CLITIC.exec(word);
  if (!hanging || hanging.index === 0) return [tokenOf('word', word, at, word.length)];
  return [
    tokenOf('word', word.slice(0, hanging.index), at, hanging.index),
    tokenOf('word', hanging[0], at + hanging.index, hanging[0].length),
  ];
}

function tokenOf(kind: TokenKind, text: string, from: number, length: number): Token {
  return { kind, text, folded: fold(text), from, to: from + length };
}
