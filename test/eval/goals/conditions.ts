/** Conditions in the authors' short words, held against expressions of a plan. */

interface Test {
  /** undefined: the number of elements */
  field?: string;
  op: '==' | '!=' | '<' | '<=' | '>' | '>=';
  value: string;
  other?: string;
}

const opposite = { '==': '!=', '!=': '==', '<': '>=', '>=': '<', '>': '<=', '<=': '>' } as const;
const literal = (value: string): string =>
  /^(vrai|true)$/.test(value) ? 'true' : /^false$|^faux$/.test(value) ? 'false' : value;

/** @throws for words that it does not know: the sets are frozen, so that it knows them all */
export function readCondition(words: string): Test {
  const text = words.replace(/^any /, '').replace(/ pour a, b (ou|et) c$/, '');
  const path = /^(?:steps\.\w+\.output|context|item)\.([\w.[\]]+) (==|!=|<=|>=|<|>) ["']?([^"']+)["']?$/.exec(text);
  const counted = /^count\(.*\) (==|!=|<=|>=|<|>) (\d+)$/.exec(text);
  if (counted) return { op: counted[1] as Test['op'], value: counted[2]! };
  if (path) {
    const [, at, op, value] = path as unknown as [string, string, Test['op'], string];
    const field = at.split('.').at(-1)!;
    return /^(row_)?count$/.test(field) ? { op, value } : { field, op, value: literal(value) };
  }
  const count = /^(?:plus de|more than) (\d+) /.exec(text);
  if (count) return { op: '>', value: count[1]! };
  if (/^(at least one row|au moins une ligne|au moins un retard|not empty)$/.test(text)) return { op: '>', value: '0' };
  if (text === 'no row') return { op: '==', value: '0' };
  const fewer = /^moins de (\d+) éléments$/.exec(text);
  if (fewer) return { op: '<', value: fewer[1]! };
  const least = /^(\d+) éléments ou plus$/.exec(text);
  if (least) return { op: '>=', value: least[1]! };
  const code = /^code (\d+)$/.exec(text);
  if (code) return { field: 'status', op: '==', value: code[1]! };
  const either = /^(\w+) is (\w+) or (\w+)$/.exec(text);
  if (either) return { field: either[1]!, op: '==', value: either[2]!, other: either[3]! };
  const over = /^(\w+) over (\d+)$/.exec(text);
  if (over) return { field: over[1]!, op: '>', value: over[2]! };
  const signs = /^([\w.]+) (<=|>=|<|>) ([\d.]+)$/.exec(text);
  if (signs) return { field: signs[1]!, op: signs[2] as Test['op'], value: signs[3]! };
  // as expressions: `c.body.status != 'up'`, `!(a.rows[0].n > 50)`, `size(b.items) > 0`
  const size = /^size\(.*\) > (\d+)$/.exec(text);
  if (size) return { op: '>', value: size[1]! };
  const given = /^(!\()?(?:\w+\.)?(?:body|rows\[0\])\.(\w+) (==|!=|<=|>=|<|>) '?([^')]+)'?\)?$/.exec(text);
  if (given) {
    const op = given[3] as Test['op'];
    return { field: given[2]!, op: given[1] === undefined ? op : opposite[op], value: literal(given[4]!) };
  }
  const is = /^(\w+) (is not|is|est|vaut|equals) (\w+)$/.exec(text);
  if (!is) throw new Error(`The condition "${words}" is not known to the scorer.`);
  return { field: is[1]!, op: is[2] === 'is not' ? '!=' : '==', value: literal(is[3]!) };
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** True if the expression tests what the words say: the field or the number of elements, with that sense and bound. */
export function holdsCondition(words: string, expressions: readonly string[]): boolean {
  const test = readCondition(words);
  if (test.other !== undefined) {
    const { field, value, other } = test;
    return expressions.some(
      (one) =>
        (holds({ field, op: '==', value }, one) && holds({ field, op: '==', value: other }, one) && !/&&/.test(one)) ||
        new RegExp(`${field!}\\b.* in \\[["']${value}["'], ?["']${other}["']\\]`).test(one),
    );
  }
  const atLeastOne = (one: string): boolean => {
    const [body, negated] = unwrap(one);
    return !negated && counts('>', 0, body);
  };
  if (words.startsWith('any ') && expressions.some(atLeastOne)) return true;
  if (/ou c$|^any /.test(words) && !expressions.some((one) => /\|\||exists|filter|size/.test(one))) return false;
  if (/et c$/.test(words) && !expressions.some((one) => /&&|all\(|!|size/.test(one))) return false;
  return expressions.some((one) => holds(test, one));
}

function holds({ field, op, value }: Test, expression: string): boolean {
  const [body, negated] = unwrap(expression);
  const sense = negated ? opposite[op] : op;
  if (field === undefined) return counts(sense, Number(value), body);
  const name = `\\b${escape(field.split('.').at(-1)!)}\\b[\\])"']*(?:, ?[^)]*\\))?\\)*`;
  const right = /^[\d.]+$/.test(value) ? `${escape(value)}(?:\\.0+)?(?![\\d.])` : `["']?${escape(value)}["']?`;
  if (new RegExp(`${name}\\s*${sense}\\s*${right}`).test(body)) return true;
  if (value === 'true' || value === 'false') {
    const other = value === 'true' ? 'false' : 'true';
    if (new RegExp(`${name}\\s*${opposite[sense]}\\s*${other}\\b`).test(body)) return true;
    const bare = new RegExp(`(!?)[\\w.]*\\b${escape(field)}\\s*(?:$|&&|\\|\\|)`).exec(body);
    return bare !== null && (bare[1] === '!') !== ((value === 'true') === (sense === '=='));
  }
  return false;
}

/** Comparisons of a size that mean the same: more than 0 is at least 1, or not 0. */
function counts(op: Test['op'], value: number, body: string): boolean {
  const same: [string, number][] = [[op, value]];
  if (op === '>') same.push(['>=', value + 1]);
  if (op === '>=') same.push(['>', value - 1]);
  if (op === '<') same.push(['<=', value - 1]);
  if (op === '<=') same.push(['<', value + 1]);
  if (op === '>' && value === 0) same.push(['!=', 0]);
  if (op === '==' && value === 0) same.push(['<', 1], ['<=', 0]);
  if (op === '<=' && value === 0) same.push(['==', 0]);
  return same.some(([sign, bound]) =>
    new RegExp(
      `(size\\(.*\\)|\\.size\\(\\)|\\b(row_)?count|rows\\[0\\]\\.\\w+|\\binserted)\\)?\\s*${sign}\\s*${bound}(?![\\d.])`,
    ).test(body),
  );
}

function unwrap(expression: string): [body: string, negated: boolean] {
  const plain = expression
    .trim()
    .replace(/^\$\{\{|\}\}$/g, '')
    .trim();
  const negation = /^!\((.*)\)$/.exec(plain);
  return negation ? [negation[1]!, true] : [plain, false];
}
