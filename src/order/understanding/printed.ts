import { identityOf } from './lines';
import type { SheetReading } from './sheet-reading';

/**
 * Drops lines without a quantity and an amount from sheets that list the same goods: they are one printed form, and
 * what is not filled in is not ordered.
 */
export function dropPrinted(sheets: readonly SheetReading[]): void {
  const listed = sheets.flatMap((sheet) => {
    const names = sheet.readings.flatMap(({ drafts }) => drafts.map((draft) => identityOf(draft)));
    return names.length >= LEAST && !names.includes(undefined)
      ? [{ sheet, key: [...names].sort().join('\u0000') }]
      : [];
  });
  for (const { sheet, key } of listed) {
    if (listed.filter((other) => other.key === key).length < 2) continue;
    for (const reading of sheet.readings)
      reading.drafts = reading.drafts.filter(({ quantity, amount, packs }) => quantity ?? amount ?? packs);
  }
}

/** Goods of the shortest form. */
const LEAST = 3;
