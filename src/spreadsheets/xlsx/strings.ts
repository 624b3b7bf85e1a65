import type { Budget } from '../budget';
import type { CellValue } from '../workbook';
import type { Package } from '../zip-scan';
import { ownText, readXml, unescapeLetters } from './xml';

/** Gathers the letters of a text, rich or plain, without its pronunciation (`rPh`). */
export class RichText {
  /** whether letters belong to the text now */
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

  /** Takes the letters so far, before `unescapeLetters`. */
  take(): string {
    const { text } = this;
    this.text = '';
    return text;
  }
}

/** Reads the texts that cells refer to by number. The count that the part states is not trusted. */
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
      budget.countText(text.length + 20);
      budget.tick();
      strings.push(text === '' ? { is: 'none' } : { is: 'text', text });
    },
    text: (letters: string) => rich.add(letters),
  };
  await readXml(part, parts.read(part), listener);
  return strings;
}
