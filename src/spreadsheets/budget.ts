import { refusal } from './refusals';

/** Limits of one reading. */
export interface ReadLimits {
  sheets: number;
  /** filled rows in each sheet */
  rows: number;
  /** filled cells in all sheets */
  cells: number;
  /** letters kept in memory, each text once */
  letters: number;
  merges: number;
  /** milliseconds */
  time: number;
}

export const readLimits: ReadLimits = {
  sheets: 500,
  rows: 200_000,
  cells: 1_200_000,
  letters: 40_000_000,
  merges: 100_000,
  time: 20_000,
};

/** Counts what a reading uses, and refuses the file when it exceeds a limit. */
export class Budget {
  private cells = 0;
  private letters = 0;
  private merges = 0;
  private turns = 0;
  private readonly end: number;

  constructor(private readonly limits: ReadLimits) {
    this.end = Date.now() + limits.time;
  }

  /** Budget for another try at the same file: the rest of the time, and everything else anew. */
  renew(): Budget {
    return new Budget({ ...this.limits, time: Math.max(1, this.end - Date.now()) });
  }

  countSheets(count: number): void {
    const { sheets } = this.limits;
    if (count > sheets) throw refusal.tooLarge({ en: `more than ${sheets} sheets`, fr: `plus de ${sheets} feuilles` });
  }

  countRows(count: number, sheet: string): void {
    if (count > this.limits.rows) throw refusal.tooManyRows(this.limits.rows, sheet);
  }

  countCell(sheet: string): void {
    const { cells } = this.limits;
    if (++this.cells > cells) {
      throw refusal.tooLarge(
        { en: `more than ${cells} filled cells`, fr: `plus de ${cells} cellules remplies` },
        sheet,
      );
    }
  }

  countText(length: number): void {
    this.letters += length;
    if (this.letters > this.limits.letters) {
      throw refusal.tooLarge({
        en: `more than ${this.limits.letters} letters`,
        fr: `plus de ${this.limits.letters} lettres`,
      });
    }
  }

  countMerge(sheet: string): void {
    const { merges } = this.limits;
    if (++this.merges > merges) {
      throw refusal.tooLarge(
        { en: `more than ${merges} merged cells`, fr: `plus de ${merges} fusions de cellules` },
        sheet,
      );
    }
  }

  /** Must be called often; checks the clock now and then. */
  tick(): void {
    if (++this.turns % 4_096 === 0) this.checkTime();
  }

  checkTime(): void {
    if (Date.now() > this.end) throw refusal.tooSlow(this.limits.time);
  }
}
