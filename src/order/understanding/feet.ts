import { asNumber, compare, distance, plus, sumOf, type Decimal } from './decimal';
import type { Context } from './context';
import type { TableReading, UnnumberedLine } from './line';
import { textOf, type GridRow } from './grid';
import { rowLabelOf } from './lexicon/labels';
import { worthOf } from './reconcile';
import { plainWords } from './text';
import { adjustedBy, chargeIn, readTotalRow, states } from './total-rows';

const CENT: Decimal = { units: 1n, scale: 2 };
/** Lines from which on a sum is no chance. */
const LEAST = 3;

/**
 * Makes sums and charges of the rows in the foot of a table that read like lines: what names no goods by a code, where
 * all lines above do, and is their sum, or has an amount and nothing else. Rows of amounts alone are taken from `open`; that
 * of an order before its lines says nothing more than they do.
 */
export function takeFeet(reading: TableReading, open: readonly GridRow[], context: Context): Set<GridRow> {
  const { table, drafts } = reading;
  const taken = new Set<GridRow>();
  if (table.layout !== 'rows') return taken;
  const lines = drafts.filter(isNamed);
  const last = lines.at(-1)?.row ?? 0;
  if (lines.length < drafts.length - 1 || lines.length < LEAST) return taken;
  const sum = sumOf(lines.flatMap(({ quantity }) => quantity ?? []));
  const [foot] = drafts.filter((draft) => draft.row > last);
  if (foot?.quantity && !foot.price && !foot.amount && compare(foot.quantity, sum) === 0) {
    const total = readTotalRow(table, table.grid.row(foot.row) as GridRow, 'total', nameOf(foot), context);
    if (total) reading.totals.push(total);
    reading.drafts = drafts.filter((draft) => draft !== foot);
  }
  for (const row of open) {
    const isHead = row.number < (lines[0]?.row ?? 0);
    if ((row.number < last && !isHead) || namesCode(reading, row)) continue;
    const text = textOf(row.cells[table.roles.get('description') ?? 0]);
    const amount = readTotalRow(table, row, 'total', text, context)?.amount?.value;
    const isSum = amount !== undefined && isWorth(lines, amount);
    if (isHead && isSum) taken.add(row);
    if (isHead) continue;
    const total = readTotalRow(table, row, isSum ? 'total' : 'shipping', text, context);
    if (!total) continue;
    reading.totals.push(total);
    taken.add(row);
  }
  reading.totals.sort((a, b) => a.row - b.row);
  return taken;
}

const isNamed = ({ line }: UnnumberedLine): boolean => (line.reference ?? line.ean) !== undefined;
const nameOf = ({ line }: UnnumberedLine): string => line.description?.value ?? '';

const namesCode = ({ table }: TableReading, { cells }: GridRow): boolean =>
  (['reference', 'ean'] as const).some((role) => textOf(cells[table.roles.get(role) ?? 0]) !== '');

const isWorth = (lines: readonly UnnumberedLine[], amount: Decimal): boolean =>
  compare(distance(sumOf(lines.flatMap((line) => worthOf(line) ?? [])), amount), CENT) <= 0;

/** Words that may begin the name of an article, such as `Pant` or `Deposito`, say a charge only where they stand alone. */
const CONTRIBUTION =
  /^(?:(?:eco ?(?:participation|contribution|taxe|part)s?|deee|d3e|weee|recupel|bebat|pfand|leergutpfand|statiegeld|kaucja|zaloha|recycling(?:gebuhr| fee)|vrg)(?: |$)|(?:consigne|deposit|deposito|pant|tar)$)/;
const FREIGHT =
  /^(?:port|ports|fdp|frais|transp|transport|frt|freight|fracht|versand|ship|shipping|carriage|porte|portes|envio|vracht|frakt|fragt|doprava|postage)$/;

/**
 * Makes charges of lines that are no goods: an eco-contribution or a deposit in the quantity of the line above, and
 * freight that its code and its name both say.
 */
export function takeCharges(reading: TableReading, context: Context): void {
  const { table, drafts } = reading;
  if (table.layout !== 'rows') return;
  const deposits = drafts.filter((draft, at) => isDeposit(draft, at, drafts) && !isContribution(draft, drafts[at - 1]));
  if (deposits.length > 0 && deposits.length <= 0.5 * drafts.length) {
    for (const draft of deposits) {
      const from = draft.line.note?.from ?? table.grid.from(draft.row, table.left);
      reading.leftOut.push({ draft, why: 'charge', from });
      // a sum may hold what is paid for it
      const row = table.grid.row(draft.row) as GridRow;
      const total = draft.amount && readTotalRow(table, row, 'shipping', nameOf(draft), context);
      if (total) reading.totals.push(total);
    }
    reading.totals.sort((a, b) => a.row - b.row);
    reading.drafts = drafts.filter((draft) => !deposits.includes(draft));
  }
  takeFreight(reading, context);
}

function takeFreight(reading: TableReading, context: Context): void {
  const { table, drafts } = reading;
  const charges = drafts.filter((draft, at) => isContribution(draft, drafts[at - 1]) || isFreight(draft));
  if (charges.length === drafts.length) return;
  const taken = new Set<UnnumberedLine>();
  for (const charge of charges) {
    const row = table.grid.row(charge.row) as GridRow;
    const total = readTotalRow(table, row, 'shipping', nameOf(charge), context);
    if (!total) continue;
    reading.totals.push(total);
    taken.add(charge);
  }
  reading.totals.sort((a, b) => a.row - b.row);
  reading.drafts = drafts.filter((draft) => !taken.has(draft));
}

function isContribution({ line, quantity, row }: UnnumberedLine, before: UnnumberedLine | undefined): boolean {
  const said = [line.reference, line.description].some((value) => CONTRIBUTION.test(plainWords(value?.value ?? '')));
  return said && before?.row === row - 1 && quantity !== undefined && before.quantity !== undefined
    ? compare(quantity, before.quantity) === 0
    : false;
}

function isFreight({ line, quantity }: UnnumberedLine): boolean {
  const label = rowLabelOf(line.description?.value ?? '');
  const isSaid = label?.label === 'shipping' && (label.whole || FREIGHT.test(plainWords(line.reference?.value ?? '')));
  return isSaid && (quantity === undefined || asNumber(quantity) === 1);
}

/** What carries the goods and goes back, for a deposit. */
const CARRIER =
  /(?<!\p{L})(?:palet\p{L}* (?:zwrotn\p{L}*|consign\p{L}*|retornable\p{L}*)|(?:returnable|deposit|refundable) (?:pallets?|crates?|containers?)|(?:pallet|crate|keg|cask|barrel|bottle|cylinder|drum|container|box|tray|rack|ibc|roll cage)s? deposits?|(?:refundable )?deposits? (?:on|for|per) \p{L}+|(?:refundable|container) deposits?|pfand(?:palette\p{L}*|kist\p{L}*|flasch\p{L}*)?|\p{L}{3,}pfand|leergut|europaletten? (?:pfand|tausch)|consignes? (?:palette|fut|caisse|casier|bouteille|bidon|emballage|bac)s?|emballages? consignes?|pallet (?:a rendere|cauzione|statiegeld)|\p{L}*statiegeld|cauzion[ei]|deposito cauzional\p{L}*|(?:deposito|fianza|caucao) (?:de |do |da |por |del )?(?:envases?|barril(?:es)?|cajas?|palets?|botellas?|bombonas?|vasilhame|grades?|garrafas?)|(?:fat|flask|back|kasse|fustage|flaske)pant|kaucj\p{L}+|zaloha (?:na )?\p{L}+|vratn\p{L}+ (?:obal|palet)\p{L}*|returpall\p{L}*)(?!\p{L})/u;
const DEPOSIT =
  /^(?:kaucja|pfand|consigne|consigned|deposit|returnable|statiegeld|cauzione|vuoto a rendere|deposito|fianza|retornable|zaloha|pant|mehrweg|consignee?s?)$/;

/** Codes that shorten a deposit. */
const CODE = /^(?:dep|depo|pfd|pfand|cons|consigne|statie|sg|cauz|fianza|kauc|pant|kauce|zal|emb|leergut)[\s\d_-]*$/;

/**
 * Whether a line is a deposit for what carries the goods: its name says so, or its remark says nothing else. With a
 * reference of its own that is no word for it, it counts what other lines count.
 */
function isDeposit({ line, quantity }: UnnumberedLine, at: number, all: readonly UnnumberedLine[]): boolean {
  const isNamedSo = CARRIER.test(plainWords(line.description?.value ?? ''));
  if (line.reference === undefined) return isNamedSo || DEPOSIT.test(plainWords(line.note?.value ?? ''));
  if (!isNamedSo || !quantity) return false;
  const above = all.slice(0, at).flatMap((draft) => draft.quantity ?? []);
  const counts = above.some((_, first) =>
    above.some((__, last) => last >= first && compare(sumOf(above.slice(first, last + 1)), quantity) === 0),
  );
  return counts || CODE.test(line.reference.value.toLowerCase());
}

/**
 * Leaves out lines that a remark puts in question, or that are hidden, where the stated totals do not count them: options
 * that were not taken, a lot that is suspended.
 */
export function dropUncounted(reading: TableReading): void {
  const { drafts, totals } = reading;
  const held = drafts.filter(({ issues }) => issues.some(isOpenIssue));
  const rest = drafts.filter((draft) => !held.includes(draft));
  if (held.length === 0 || rest.length === 0 || isOpen(drafts)) return;
  const sums = totals.filter(({ kind }) => kind === 'net' || kind === 'total' || kind === 'gross');
  const proves = (lines: readonly UnnumberedLine[]) =>
    sums.some(({ amount }) => amount !== undefined && isWorth(lines, amount.value));
  if (!proves(rest) || proves(drafts)) return;
  for (const draft of held) {
    const issue = draft.issues.find(isOpenIssue);
    const [from] = issue?.evidence ?? [];
    if (from) reading.leftOut.push({ draft, why: issue?.code === 'line.hidden' ? 'hidden' : 'held', from });
  }
  reading.drafts = rest;
}

/** Issues by which it is open whether a line is ordered. */
const isOpenIssue = ({ code }: UnnumberedLine['issues'][number]): boolean =>
  code === 'line.held' || code === 'line.hidden';

/** Whether a line has no amount and no price, so that a sum proves nothing. */
const isOpen = (drafts: readonly UnnumberedLine[]): boolean => drafts.some((draft) => worthOf(draft) === undefined);

/**
 * Rows of a foot that were not understood, without those that are the sum of the lines under a name of their own, such as
 * `PO total`, and those whose amounts are what a stated total holds besides the lines
 * and the sums that are known: a deposit, a surcharge, a tax under any name. These become charges.
 */
export function withoutExtras(reading: TableReading, all: readonly GridRow[], context: Context): GridRow[] {
  const { table, drafts, totals } = reading;
  const last = drafts.at(-1)?.row ?? 0;
  const skipped = all.filter((row) => row.number <= last || !takeSum(reading, row, context));
  const extras = skipped.flatMap((row) => (row.number > last ? (chargeIn(table, row, '', context) ?? []) : []));
  const worths = drafts.map(worthOf);
  if (extras.length === 0 || worths.includes(undefined)) return [...skipped];
  const worth = sumOf([...worths.flatMap((each) => each ?? []), ...extras.map(({ amount }) => amount)]);
  const isProven = states(totals, last, plus(worth, adjustedBy(totals)));
  if (!isProven) return [...skipped];
  totals.push(...extras.map(({ total }) => total));
  totals.sort((a, b) => a.row - b.row);
  const taken = new Set(extras.map(({ row }) => row));
  return skipped.filter((row) => !taken.has(row));
}

/** Takes a row as the sum of all lines, if its amount or its quantity is theirs. */
function takeSum({ table, drafts, totals }: TableReading, row: GridRow, context: Context): boolean {
  const total = drafts.length >= LEAST ? readTotalRow(table, row, 'total', '', context) : undefined;
  if (!total) return false;
  const quantity = sumOf(drafts.flatMap((draft) => draft.quantity ?? []));
  const counts = total.quantity !== undefined && compare(total.quantity.value, quantity) === 0;
  const pays =
    total.amount !== undefined &&
    !drafts.some((draft) => worthOf(draft) === undefined) &&
    isWorth(drafts, total.amount.value);
  if (!(total.amount ? pays : counts)) return false;
  totals.push(total);
  totals.sort((a, b) => a.row - b.row);
  return true;
}
