import type { Budget } from '../budget';
import { asIs, refusal } from '../refusals';
import type { Cell, Note, Range, Row, Sheet } from '../workbook';
import { LAST_COLUMN, LAST_ROW } from '../xlsx/reference';
import { attribute, ownText, type Tag } from '../xlsx/xml';
import type { readOdsStyles } from './styles';
import { odsFormula, odsValue } from './values';

type StyleOf = Awaited<ReturnType<typeof readOdsStyles>>;

/** Letters of a note that are kept. */
const LONGEST_NOTE = 1_000;

/** Drawings inside a cell: their letters are none of its own. */
const DRAWN = new Set([
  ...['frame', 'custom-shape', 'g', 'line', 'rect', 'circle', 'ellipse', 'polygon', 'polyline', 'path', 'connector'],
  ...['caption', 'measure', 'control', 'image', 'object', 'page-thumbnail', 'regular-polygon', 'detective'],
]);

/** A cell while it is read. The tag is copied: the parser reuses its object. */
interface Open {
  tag: Tag;
  covered: boolean;
  repeated: number;
  paragraphs: string[];
  struck: boolean;
  note: string[] | undefined;
}

/** Gathers one sheet from the events of `content.xml`. */
export class OdsSheet {
  wantsText = false;
  private readonly rows: Row[] = [];
  private readonly notes: Note[] = [];
  private readonly merges: Range[] = [];
  private readonly hidden = new Set<number>();
  private readonly columnStyles: { first: number; last: number; style: string | undefined }[] = [];
  private columns = 0;
  private number = 0;
  private used = 0;
  private row: { tag: Tag; cells: Cell[]; repeated: number; style: string | undefined } | undefined;
  private column = 0;
  private cell: Open | undefined;
  /** depth inside a drawing, and of tables inside a cell */
  private skipped = 0;
  private inNote = false;
  private readonly spans: boolean[] = [];

  constructor(
    private readonly name: string,
    private readonly state: Sheet['state'],
    private readonly styleOf: StyleOf,
    private readonly budget: Budget,
  ) {}

  open(name: string, tag: Tag): void {
    if (this.cell) return this.openInCell(this.cell, name, tag);
    if (name === 'table-column') this.openColumn(tag);
    else if (name === 'table-row') this.openRow(tag);
    else if (this.row && (name === 'table-cell' || name === 'covered-table-cell')) this.openCell(name, tag);
  }

  close(name: string): void {
    if (this.cell) this.closeInCell(this.cell, name);
    else if (name === 'table-row') this.closeRow();
  }

  text(letters: string): void {
    if (!this.cell) return;
    const lines = this.inNote ? (this.cell.note ?? []) : this.cell.paragraphs;
    if (lines.length === 0) return;
    lines[lines.length - 1] += letters;
    if (this.spans.at(-1) && !this.inNote && letters.trim() !== '') this.cell.struck = true;
  }

  sheet(): Sheet {
    const hiddenColumns = [...this.hidden].filter((column) => column <= this.used);
    const { name, state, rows, merges, notes } = this;
    return { name, state, rows, hiddenColumns, merges, ...(notes.length > 0 ? { notes } : {}) };
  }

  private openColumn(tag: Tag): void {
    const repeated = timesOf(tag, 'table:number-columns-repeated');
    const [first, last] = [this.columns + 1, Math.min(LAST_COLUMN, this.columns + repeated)];
    this.columns = last;
    this.columnStyles.push({ first, last, style: attribute(tag, 'table:default-cell-style-name') });
    const seen = attribute(tag, 'table:visibility');
    if (seen === undefined || seen === 'visible') return;
    for (let column = first; column <= last; column++) this.hidden.add(column);
  }

  private openRow(tag: Tag): void {
    this.budget.tick();
    const repeated = timesOf(tag, 'table:number-rows-repeated');
    this.row = {
      tag: copyOf(tag),
      cells: [],
      repeated,
      style: attribute(tag, 'table:default-cell-style-name'),
    };
    this.column = 0;
  }

  private closeRow(): void {
    const { row } = this;
    this.row = undefined;
    if (!row) return;
    const first = this.number + 1;
    this.number += row.repeated;
    if (row.cells.length === 0) return;
    if (this.number > LAST_ROW) throw this.unreadable(`row ${this.number}`);
    const seen = attribute(row.tag, 'table:visibility');
    const hidden = seen !== undefined && seen !== 'visible';
    for (let number = first; number <= this.number; number++) {
      if (number > first) for (const _ of row.cells) this.budget.countCell(this.name);
      this.budget.tick();
      this.rows.push({ number, hidden, cells: row.cells });
      this.budget.countRows(this.rows.length, this.name);
    }
    this.used = Math.max(this.used, row.cells.at(-1)?.column ?? 0);
  }

  private openCell(name: string, tag: Tag): void {
    this.budget.tick();
    this.cell = {
      tag: copyOf(tag),
      covered: name === 'covered-table-cell',
      repeated: timesOf(tag, 'table:number-columns-repeated'),
      paragraphs: [],
      struck: false,
      note: undefined,
    };
    this.skipped = 0;
  }

  private openInCell(cell: Open, name: string, tag: Tag): void {
    if (this.skipped > 0 || DRAWN.has(name) || name === 'table') this.skipped += 1;
    else if (name === 'cell-range-source') throw refusal.externalLinks(this.name);
    else if (name === 'annotation') {
      cell.note = [];
      this.inNote = true;
    } else if (name === 'p' || name === 'h') (this.inNote ? (cell.note ?? []) : cell.paragraphs).push('');
    else if (name === 'span') {
      const struck = this.styleOf('text', attribute(tag, 'text:style-name')).struck === true;
      this.spans.push(struck || this.spans.at(-1) === true);
    } else if (name === 's') this.text(' '.repeat(Math.min(100, timesOf(tag, 'text:c'))));
    else if (name === 'tab') this.text('\t');
    else if (name === 'line-break') this.text('\n');
    this.wantsText = this.skipped === 0 && (this.inNote ? (cell.note ?? []) : cell.paragraphs).length > 0;
  }

  private closeInCell(cell: Open, name: string): void {
    if (this.skipped > 0) this.skipped -= 1;
    else if (name === 'annotation') this.inNote = false;
    else if (name === 'span') this.spans.pop();
    else if (name === 'table-cell' || name === 'covered-table-cell') return this.closeCell(cell);
    this.wantsText = this.skipped === 0 && name !== 'p' && name !== 'h' && name !== 'annotation';
  }

  private closeCell({ tag, covered, repeated, paragraphs, struck, note }: Open): void {
    this.cell = undefined;
    this.wantsText = false;
    this.spans.length = 0;
    const first = this.column + 1;
    this.column += repeated;
    const row = this.number + 1;
    const words = note?.join('\n').trim().slice(0, LONGEST_NOTE);
    if (words) this.notes.push({ row, column: first, text: ownText(words) });
    if (covered) return;
    this.merge(tag, row, first);
    const value = odsValue(tag, paragraphs.join('\n').trim());
    const written = attribute(tag, 'table:formula');
    if (value.is === 'none' && written === undefined) return;
    if (this.column > LAST_COLUMN) throw this.unreadable(`column ${this.column}`);
    if ('text' in value) this.budget.countText(value.text.length);
    const formula = written === undefined ? undefined : odsFormula(written);
    if (formula !== undefined) this.budget.countText(formula.length);
    for (let column = first; column <= this.column; column++) {
      this.budget.countCell(this.name);
      const style = this.styleOf('table-cell', this.styleNameOf(tag, column));
      const cell: Cell = { column, value };
      if (formula !== undefined) cell.formula = formula;
      if (style.bold) cell.bold = true;
      if (style.struck || struck) cell.struck = true;
      this.row?.cells.push(cell);
    }
  }

  private styleNameOf(tag: Tag, column: number): string | undefined {
    return (
      attribute(tag, 'table:style-name') ??
      this.row?.style ??
      this.columnStyles.find(({ first, last }) => column >= first && column <= last)?.style
    );
  }

  private merge(tag: Tag, top: number, left: number): void {
    const right = left + timesOf(tag, 'table:number-columns-spanned') - 1;
    const bottom = top + timesOf(tag, 'table:number-rows-spanned') - 1;
    if (right === left && bottom === top) return;
    this.budget.countMerge(this.name);
    this.merges.push({ top, left, bottom, right });
  }

  private unreadable(what: string) {
    return refusal.unreadable(asIs(`content.xml: ${what}?`), this.name);
  }
}

/** A count of repetitions; one where nothing sensible stands. */
function timesOf(tag: Tag, name: string): number {
  const times = Number(attribute(tag, name) ?? 1);
  return Number.isInteger(times) && times >= 1 ? times : 1;
}

const copyOf = ({ attributes, namespaces }: Tag): Tag => ({ attributes: { ...attributes }, namespaces });
