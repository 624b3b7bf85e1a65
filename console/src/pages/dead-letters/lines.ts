/** A line of JSON that is laid out, and the JSON Pointer of the value that begins in it. */
export interface Line {
  text: string;
  pointer: string;
}

const TOKENS = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Lines that are laid out at most; a longer entry is shown as it was sent. */
const MOST = 5_000;

/**
 * JSON laid out a value a line, token by token as it was written, so that large numbers and doubled names stay as they
 * are. Undefined for what is not JSON, or too long.
 */
export function linesOf(raw: string): Line[] | undefined {
  if (!isJson(raw)) return undefined;
  const tokens = raw.match(TOKENS) ?? [];
  const lines: Line[] = [];
  /** pointers of what is open; of arrays, the next index */
  const open: { pointer: string; index?: number }[] = [];
  let line: Line = { text: '', pointer: '' };
  const end = () => {
    if (line.text.trim() !== '') lines.push(line);
    line = { text: '  '.repeat(open.length), pointer: open.at(-1)?.pointer ?? '' };
  };
  const point = () => {
    const inner = open.at(-1);
    if (inner?.index !== undefined) line.pointer = `${inner.pointer}/${inner.index}`;
  };
  for (const [i, token] of tokens.entries()) {
    if (token === '{' || token === '[') {
      point();
      line.text += token;
      const { pointer } = line;
      if (tokens[i + 1] === (token === '{' ? '}' : ']')) continue;
      open.push(token === '[' ? { pointer, index: 0 } : { pointer });
      end();
    } else if (token === '}' || token === ']') {
      if (tokens[i - 1] === (token === '}' ? '{' : '[')) {
        line.text += token;
        continue;
      }
      const closed = open.pop();
      end();
      line = { text: `${'  '.repeat(open.length)}${token}`, pointer: closed?.pointer ?? '' };
    } else if (token === ',') {
      line.text += token;
      const inner = open.at(-1);
      if (inner?.index !== undefined) inner.index += 1;
      end();
    } else if (token === ':') line.text += ': ';
    else if (tokens[i + 1] === ':') {
      line.pointer = `${open.at(-1)?.pointer ?? ''}/${escaped(JSON.parse(token) as string)}`;
      line.text += token;
    } else {
      point();
      line.text += token;
    }
    if (lines.length > MOST) return undefined;
  }
  end();
  return lines;
}

const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function isJson(raw: string): boolean {
  try {
    JSON.parse(raw);
    return true;
  } catch {
    return false;
  }
}

/** The index of the line that a pointer means: its value's, or that of the nearest value around it. */
export function lineOf(lines: readonly Line[], pointer: string): number {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const index = lines.findIndex((line) => line.pointer === at);
    if (index >= 0 || at === '') return Math.max(index, 0);
  }
}
