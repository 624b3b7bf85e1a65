import type { Budget } from '../budget';
import type { CellValue } from '../workbook';
import type { Package } from '../zip-scan';
import { ownText, readXml, unescapeLetters } from './xml';

/** Gathers the letters of a text, rich or plain. How it is pronounced (`rPh`) is no part of it. */
export class RichText {
  /** whether letters count now */
  wanted = false;
  private pronounced = 0;
  private text = '';

  open(name: string): void {
    if (name === 'rPh') this.pronounced += 1;
    else if (name === 't') this.wanted = this.pronounced === 0;
  }

  close(name: string): void {
    if (name === 'rPh') this.pronounced -= 1;
    else if (name === 't') this.wanted = false;
  }

  add(letters: string): void {
    this.text += letters;
  }

  /** the letters so far, as they stand there (`unescapeLetters` is yet to come) */
  take(): string {
    const { text } = this;
    this.text = '';
    return text;
  }
}

/** The texts that cells refer to by number; what the part says of how many there are is not believed. */
export async function readStrings(parts: Package, part: string | undefined, budget: Budget): Promise<CellValue[]> {
  if (part === undefined || !parts.has(part)) return [];
  const strings: CellValue[] = [];
  const rich = new RichText();
  const listener = {
    wantsText: false,
    open(name: string) {
      rich.open(name);
      listener.wantsText = rich.wanted;
    },
    close(name: string) {
      rich.close(name);
      listener.wantsText = rich.wanted;
      if (name !== 'si') return;
      const text = ownText(unescapeLetters(rich.take()));
      budget.text(text.length + 20);
      budget.tick();
      strings.push(text === '' ? { is: 'none' } : { is: 'text', text });
    },
    text: (letters: string) => rich.add(letters),
  };
  await readXml(part, parts.read(part), listener);
  return strings;
}
