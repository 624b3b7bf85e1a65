import { refusal } from './refusals';

/** What one reading may take. */
export interface ReadLimits {
  sheets: number;
  /** rows with something in them, in each sheet */
  rows: number;
  /** cells that hold something, in all sheets */
  cells: number;
  /** letters that have to be kept, each text once */
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

/** Counts what a reading takes, and refuses the file when it is more than it may. */
export class Budget {
  private cells = 0;
  private letters = 0;
  private merges = 0;
  private turns = 0;
  private readonly end: number;

  constructor(private readonly limits: ReadLimits) {
    this.end = Date.now() + limits.time;
  }

  /** a budget for another try at the same file: what is left of the time, and all else again */
  again(): Budget {
    return new Budget({ ...this.limits, time: Math.max(1, this.end - Date.now()) });
  }

  sheet(count: number): void {
    const { sheets } = this.limits;
    if (count > sheets) throw refusal.tooLarge({ en: `more than ${sheets} sheets`, fr: `plus de ${sheets} feuilles` });
  }

  row(count: number, sheet: string): void {
    if (count > this.limits.rows) throw refusal.tooManyRows(this.limits.rows, sheet);
  }

  cell(sheet: string): void {
    const { cells } = this.limits;
    if (++this.cells > cells) {
      throw refusal.tooLarge(
        { en: `more than ${cells} filled cells`, fr: `plus de ${cells} cellules remplies` },
        sheet,
      );
    }
  }

  text(length: number): void {
    this.letters += length;
    if (this.letters > this.limits.letters) {
      throw refusal.tooLarge({
        en: `more than ${this.limits.letters} letters`,
        fr: `plus de ${this.limits.letters} lettres`,
      });
    }
  }

  merge(sheet: string): void {
    const { merges } = this.limits;
    if (++this.merges > merges) {
      throw refusal.tooLarge(
        { en: `more than ${merges} merged cells`, fr: `plus de ${merges} fusions de cellules` },
        sheet,
      );
    }
  }

  /** to be called often; looks at the clock now and then */
  tick(): void {
    if (++this.turns % 4_096 === 0) this.checkTime();
  }

  checkTime(): void {
    if (Date.now() > this.end) throw refusal.tooSlow(this.limits.time);
  }
}
