import type { Budget } from '../budget';
import type { Note } from '../workbook';
import type { Package } from '../zip-scan';
import { parseCell } from './reference';
import { readRelations } from './relations';
import { RichText } from './strings';
import { attribute, ownText, readXml, unescapeLetters, type Tag } from './xml';

/** Letters of a note that are kept. */
const LONGEST = 1_000;

/** Words that a program puts before a threaded comment, for programs that only know notes. */
const THREADED = /^\[[^\]]*\][\s\S]*linkid=870924\s*[^\n]*\n/;

/** Notes that people have put on cells of a sheet. */
export async function readNotes(parts: Package, sheet: string, budget: Budget): Promise<Note[]> {
  const relations = await readRelations(parts, sheet);
  const part = relations.find(({ type, external }) => type === 'comments' && !external)?.target;
  if (part === undefined || !parts.has(part)) return [];
  const notes: Note[] = [];
  const rich = new RichText();
  let at: ReturnType<typeof parseCell>;
  const listener = {
    wantsText: false,
    open(name: string, tag: Tag) {
      if (name === 'comment') at = parseCell(attribute(tag, 'ref') ?? '');
      rich.open(name, tag);
      listener.wantsText = rich.wanted;
    },
    close(name: string) {
      rich.close(name);
      listener.wantsText = rich.wanted;
      if (name !== 'comment') return;
      const text = ownText(unescapeLetters(rich.take().text).replace(THREADED, '').trim().slice(0, LONGEST));
      budget.countText(text.length + 20);
      budget.tick();
      if (at && text !== '') notes.push({ ...at, text });
    },
    text: (letters: string) => rich.add(letters),
  };
  await readXml(part, parts.read(part), listener);
  return notes;
}
