import { saysDone } from './names';

/** A line of a text that is an item of a list. `line` counts from 1. */
export interface Bullet {
  text: string;
  done: boolean;
  line: number;
}

const BULLET = /^\s*(?:[-*+•–]|\(?\d{1,3}[.)]|\[[ xX✓]?\])\s+(.*\S)\s*$/u;
const BOX = /^\[([ xX✓]?)\]\s+(.*)$/u;

/** The items of a text with bullets, numbers or boxes; and the rest of it, which is no list. */
export function readBullets(text: string): { bullets: Bullet[]; prose: string } {
  const bullets: Bullet[] = [];
  const prose: string[] = [];
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    const [, words] = BULLET.exec(line) ?? [];
    if (words === undefined) prose.push(line);
    else bullets.push({ ...readBox(boxOf(line) + words), line: i + 1 });
  }
  return { bullets, prose: prose.join(' ').replaceAll(/\s+/g, ' ').trim() };
}

/** Words with or without a box before them: `[x] Ship it`. */
export function readBox(words: string): { text: string; done: boolean } {
  const [, mark, text] = BOX.exec(words) ?? [];
  if (text === undefined) return { text: words.trim(), done: false };
  return { text: text.trim(), done: mark === '✓' || saysDone(mark) };
}

/** The box with which a line begins, if it is its bullet. */
const boxOf = (line: string): string => /^\s*(\[[ xX✓]?\]\s)/u.exec(line)?.[1] ?? '';

/** Each line of a text as an item. */
export function readLines(text: string): { bullets: Bullet[]; prose: string } {
  const lines = text.split(/\r\n|\r|\n/).map((words, i) => ({ ...readBox(words), line: i + 1 }));
  return { bullets: lines.filter((one) => one.text !== ''), prose: '' };
}
