import type { Budget } from '../budget';
import { asIs, refusal } from '../refusals';
import type { Cell, CellValue, Range, Row, Sheet } from '../workbook';
import type { Package } from '../zip-scan';
import { moveFormula } from './formula';
import { removeCovered } from './merges';
import { readNotes } from './notes';
import { LAST_COLUMN, LAST_ROW, lettersOf, parseCell, parseRange } from './reference';
import { RichText } from './strings';
import type { Style } from './styles';
import { NONE, type Values } from './values';
import { attribute, isTrue, ownText, readXml, unescapeLetters, type Tag } from './xml';

export type SheetHead = Pick<Sheet, 'name' | 'state'> & { part: string };

/** Reads a sheet as a stream. Only filled cells are kept. */
export async function readSheet(
  parts: Package,
  head: SheetHead,
  values: Values,
  budget: Budget,
): Promise<Sheet | undefined> {
  const reader = new SheetReader(head, values, budget);
  await readXml(head.part, parts.read(head.part), reader);
  const sheet = reader.sheet();
  const notes = sheet ? await readNotes(parts, head.part, budget) : [];
  return sheet && notes.length > 0 ? { ...sheet, notes } : sheet;
}

class SheetReader {
  wantsText = false;
  private root = '';
  private inRows = false;
  private readonly rows: Row[] = [];
  /** rows by number, once rows come out of order or twice */
  private byNumber: Map<number, Row> | undefined;
  private readonly hidden: [number, number][] = [];
  private readonly merges: Range[] = [];
  private readonly shared = new Map<string, { formula: string; row: number; column: number }>();

  private row: Row = { number: 0, hidden: false, cells: [] };
  private rowIsNamed = false;
  private ordered = true;
  private column = 0;

  private inCell = false;
  private type = 'n';
  private style: Style;
  private hasValue = false;
  private raw = '';
  private kept: string | undefined;
  private formula: { text: string; type: string | undefined; shared: string | undefined } | undefined;
  private readonly rich = new RichText();
  private gathering: 'v' | 'f' | 't' | undefined;

  constructor(
    private readonly head: SheetHead,
    private readonly values: Values,
    private readonly budget: Budget,
  ) {
    this.style = values.styleOf(undefined);
  }

  open(name: string, tag: Tag): void {
    if (this.inCell) return this.openInCell(name, tag);
    if (this.inRows) {
      if (name === 'c') this.openCell(tag);
      else if (name === 'row') this.openRow(tag);
      return;
    }
    if (this.root === '') this.root = name;
    if (name === 'sheetData') this.inRows = true;
    else if (name === 'col' && isHidden(tag, 'width')) this.hideColumns(tag);
    else if (name === 'mergeCell') this.merge(attribute(tag, 'ref') ?? '');
  }

  close(name: string): void {
    if (this.inCell) {
      if (name === 'c') this.closeCell();
      else this.closeInCell(name);
    } else if (name === 'row' && this.inRows) this.closeRow();
    else if (name === 'sheetData') this.inRows = false;
  }

  text(letters: string): void {
    if (this.gathering === 't') this.rich.add(letters);
    else if (this.gathering === 'v') this.raw += letters;
    else if (this.formula) this.formula.text += letters;
  }

  /** The sheet; `undefined` if the part is of another kind, such as a chart or a dialog. */
  sheet(): Sheet | undefined {
    if (this.root === 'chartsheet' || this.root === 'dialogsheet') return undefined;
    if (this.root !== 'worksheet') throw refusal.unreadable(asIs(`${this.head.part}: <${this.root}>?`), this.head.name);
    let rows = this.rows;
    if (this.byNumber) rows = [...this.byNumber.values()].sort((a, b) => a.number - b.number);
    rows = removeCovered(rows, this.merges, this.head.name);
    const { name, state } = this.head;
    return { name, state, rows, hiddenColumns: this.hiddenColumns(rows), merges: this.merges };
  }

  private openRow(tag: Tag): void {
    this.budget.tick();
    const named = attribute(tag, 'r');
    const number = named === undefined ? this.row.number + 1 : Number(named);
    if (!Number.isInteger(number) || number < 1 || number > LAST_ROW) throw this.unreadable(`row ${named ?? number}`);
    this.row = { number, hidden: isHidden(tag, 'ht'), cells: [] };
    this.rowIsNamed = named !== undefined;
    this.ordered = true;
    this.column = 0;
  }

  private closeRow(): void {
    const { row } = this;
    if (row.cells.length === 0) return;
    if (!this.ordered) row.cells = sortCells(row.cells);
    const last = this.rows.at(-1);
    if (!this.byNumber && last && last.number >= row.number)
      this.byNumber = new Map(this.rows.map((each) => [each.number, each]));
    const same = this.byNumber?.get(row.number);
    if (same) {
      same.cells = sortCells([...same.cells, ...row.cells]);
      same.hidden ||= row.hidden;
      return;
    }
    this.byNumber?.set(row.number, row);
    if (!this.byNumber) this.rows.push(row);
    this.budget.countRows(this.byNumber?.size ?? this.rows.length, this.head.name);
  }

  private openCell(tag: Tag): void {
    this.budget.tick();
    this.inCell = true;
    this.type = attribute(tag, 't') ?? 'n';
    this.style = this.values.styleOf(attribute(tag, 's'));
    this.hasValue = false;
    this.raw = '';
    this.kept = undefined;
    this.formula = undefined;
    const named = attribute(tag, 'r');
    let column = this.column + 1;
    if (named !== undefined) {
      const at = parseCell(named);
      if (!at) throw this.unreadable(`cell ${named.slice(0, 20)}`);
      column = at.column;
      if (!this.rowIsNamed) {
        this.row.number = at.row;
        this.rowIsNamed = true;
      }
    }
    if (column > LAST_COLUMN) throw this.unreadable(`column ${column}`);
    if (column <= this.column) this.ordered = false;
    this.column = column;
  }

  private openInCell(name: string, tag: Tag): void {
    if (name === 'v') {
      this.hasValue = true;
      this.gathering = 'v';
    } else if (name === 'f') {
      this.formula = { text: '', type: attribute(tag, 't'), shared: attribute(tag, 'si') };
      this.gathering = 'f';
    } else if (name === 'is') this.hasValue = true;
    else {
      this.rich.open(name, tag);
      this.gathering = this.rich.wanted ? 't' : undefined;
    }
    this.wantsText = this.gathering !== undefined;
  }

  private closeInCell(name: string): void {
    this.rich.close(name);
    if (name === 'is') {
      const { text, kept } = this.rich.take();
      this.raw += text;
      if (kept !== undefined) this.kept = ownText(unescapeLetters(kept));
    }
    this.gathering = undefined;
    this.wantsText = false;
  }

  private closeCell(): void {
    this.inCell = false;
    if (!this.hasValue && !this.formula) return;
    const value = this.value();
    const formula = this.formula && this.formulaText(this.formula);
    if (value.is === 'none' && formula === undefined) return;
    this.budget.countCell(this.head.name);
    if ('text' in value && this.type !== 's') this.budget.countText(value.text.length);
    const cell: Cell = { column: this.column, value };
    if (formula !== undefined) {
      this.budget.countText(formula.length);
      cell.formula = formula;
    }
    if (this.style.bold) cell.bold = true;
    if (this.style.fill !== undefined) cell.fill = this.style.fill;
    if (value.is === 'text' && this.kept !== undefined) cell.value = { ...value, kept: this.kept };
    if (this.style.struck || (cell.value.is === 'text' && cell.value.kept !== undefined)) cell.struck = true;
    this.row.cells.push(cell);
  }

  private value(): CellValue {
    if (!this.hasValue) return NONE;
    const value = this.values.cellValue(this.type, this.raw, this.style);
    if (!value) {
      throw refusal.damaged(
        { en: 'a cell refers to a text that does not exist', fr: "une cellule renvoie à un texte qui n'y est pas" },
        `${this.head.name}!${lettersOf(this.column)}${this.row.number}`,
      );
    }
    // an empty text is a value if a formula gave it, and nothing if it was typed
    if (value.is === 'none' && this.formula && (this.type === 'str' || this.type === 's'))
      return { is: 'text', text: '' };
    return value;
  }

  private formulaText({ text, type, shared }: NonNullable<SheetReader['formula']>): string | undefined {
    const own = text.trim();
    if (type !== 'shared' || shared === undefined) return own === '' ? undefined : ownText(own);
    if (own !== '') {
      const formula = ownText(own);
      this.shared.set(shared, { formula, row: this.row.number, column: this.column });
      return formula;
    }
    const first = this.shared.get(shared);
    return first && moveFormula(first.formula, this.row.number - first.row, this.column - first.column);
  }

  private hideColumns(tag: Tag): void {
    const first = Number(attribute(tag, 'min'));
    const last = Number(attribute(tag, 'max'));
    if (this.hidden.length < LAST_COLUMN && first >= 1 && last >= first) this.hidden.push([first, last]);
  }

  /** Hidden columns up to the last filled one. */
  private hiddenColumns(rows: Row[]): number[] {
    if (this.hidden.length === 0) return [];
    const used = rows.reduce((most, { cells }) => Math.max(most, cells.at(-1)?.column ?? 0), 0);
    const columns = new Set<number>();
    for (const [first, last] of this.hidden) {
      for (let column = first; column <= Math.min(last, used); column++) {
        if (columns.has(column)) continue;
        this.budget.countCell(this.head.name);
        columns.add(column);
      }
    }
    return [...columns].sort((a, b) => a - b);
  }

  private merge(reference: string): void {
    const range = parseRange(reference);
    if (!range) throw this.unreadable(`merged cells ${reference.slice(0, 30)}`);
    this.budget.countMerge(this.head.name);
    if (range.top !== range.bottom || range.left !== range.right) this.merges.push(range);
  }

  private unreadable(what: string) {
    return refusal.unreadable(
      { en: `${this.head.part}: no sheet has a ${what}`, fr: `${this.head.part} : aucune feuille n'a « ${what} »` },
      this.head.name,
    );
  }
}

/** Whether a row or column is hidden, or of no height or width, which looks the same. */
function isHidden(tag: Tag, size: 'ht' | 'width'): boolean {
  const extent = attribute(tag, size);
  return isTrue(attribute(tag, 'hidden')) || (extent !== undefined && Number(extent) === 0);
}

/** Sorts cells by column; of two in the same place the later one wins, as in spreadsheet programs. */
function sortCells(cells: Cell[]): Cell[] {
  return [...new Map(cells.map((cell) => [cell.column, cell])).values()].sort((a, b) => a.column - b.column);
}
