import type { Budget } from '../budget';
import type { CellValue } from '../workbook';
import type { Package } from '../zip-scan';
import { attribute, isTrue, ownText, readXml, unescapeLetters, type Tag } from './xml';

/** Gathers the letters of a text, rich or plain, without its pronunciation (`rPh`). */
export class RichText {
  /** whether letters belong to the text now */
  wanted = false;
  private pronounced = 0;
  private text = '';
  /** whether the letters of the present run are struck through, and whether any letters so far are */
  private striking = false;
  private struck = false;
  private kept = '';

  open(name: string, tag: Tag): void {
    if (name === 'rPh') this.pronounced += 1;
    else if (name === 'r') this.striking = false;
    else if (name === 'strike') this.striking = isTrue(attribute(tag, 'val') ?? '1');
    else if (name === 't') this.wanted = this.pronounced === 0;
  }

  close(name: string): void {
    if (name === 'rPh') this.pronounced -= 1;
    else if (name === 't') this.wanted = false;
    else if (name === 'r') this.striking = false;
  }

  add(letters: string): void {
    this.text += letters;
    if (!this.striking) this.kept += letters;
    this.struck ||= this.striking && letters.trim() !== '';
  }

  /** Takes the letters so far, before `unescapeLetters`, and those that are not struck through if others are. */
  take(): { text: string; kept?: string } {
    const { text, kept, struck } = this;
    this.text = '';
    this.kept = '';
    this.struck = false;
    return struck ? { text, kept } : { text };
  }
}

/** Reads the texts that cells refer to by number. The count that the part states is not trusted. */
export async function readStrings(parts: Package, part: string | undefined, budget: Budget): Promise<CellValue[]> {
  if (part === undefined || !parts.has(part)) return [];
  const strings: CellValue[] = [];
  const rich = new RichText();
  const listener = {
    wantsText: false,
    open(name: string, tag: Tag) {
      rich.open(name, tag);
      listener.wantsText = rich.wanted;
    },
    close(name: string) {
      rich.close(name);
      listener.wantsText = rich.wanted;
      if (name !== 'si') return;
      const taken = rich.take();
      const text = ownText(unescapeLetters(taken.text));
      budget.countText(text.length + 20);
      budget.tick();
      const kept = taken.kept === undefined ? {} : { kept: ownText(unescapeLetters(taken.kept)) };
      strings.push(text === '' ? { is: 'none' } : { is: 'text', text, ...kept });
    },
    text: (letters: string) => rich.add(letters),
  };
  await readXml(part, parts.read(part), listener);
  return strings;
}
