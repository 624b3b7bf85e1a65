/** Finds ends in expression text without parsing it. Positions are indexes into the text. */

/** The position after the CEL text literal that starts with the quote at `start`, or -1 when it has no end. */
export function skipQuoted(text: string, start: number): number {
  const quote = text.charAt(start);
  const triple = text.startsWith(quote.repeat(3), start);
  const end = triple ? quote.repeat(3) : quote;
  // As in the library's lexer, a backslash protects the next character even in a raw literal.
  for (let i = start + end.length; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text.startsWith(end, i)) return i + end.length;
    else if (!triple && text[i] === '\n') return -1;
  }
  return -1;
}

/**
 * The position of the `}}` that ends the expression starting at `start`, or -1. `}}` inside text literals and inside
 * the braces of a map does not count; quotes in a `//` comment do not either, but `}}` there ends it.
 */
export function expressionEnd(text: string, start: number): number {
  let braces = 0;
  for (let i = start; i < text.length; i++) {
    const character = text[i];
    if (character === '"' || character === "'") {
      i = skipQuoted(text, i) - 1;
      if (i < 0) return -1;
    } else if (character === '/' && text[i + 1] === '/') {
      while (i + 1 < text.length && text[i + 1] !== '\n' && !text.startsWith('}}', i + 1)) i++;
    } else if (character === '{') {
      braces++;
    } else if (character === '}') {
      if (braces === 0) return text[i + 1] === '}' ? i : -1;
      braces--;
    }
  }
  return -1;
}

/** The longest run of `!` and `-` signs: the library's parser recurses on them without a limit. */
export function longestUnaryRun(text: string): number {
  let longest = 0;
  let run = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"' || character === "'") {
      const end = skipQuoted(text, i);
      if (end < 0) return longest;
      i = end - 1;
      run = 0;
    } else if (character === '/' && text[i + 1] === '/') {
      while (i + 1 < text.length && text[i + 1] !== '\n') i++;
    } else if (character === '!' || character === '-') {
      longest = Math.max(longest, ++run);
    } else if (!/\s/.test(character)) {
      run = 0;
    }
  }
  return longest;
}
