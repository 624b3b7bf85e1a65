import type { Grid, GridRow } from './grid';
import { wordsBeside } from './grid';
import { figureOf } from './profile';
import { plainWords } from './text';
import type { ColumnRole, HeaderBlock } from './types';

/** What has come of an order, or was sent. */
const CAME =
  /(?<!\p{L})(?:received|recd|rec d|delivered|shipped|sent|supplied|despatched|dispatched|recue?s?|receptionnee?s?|livree?s?|expediee?s?|erhalten\p{L}*|geliefert\p{L}*|eingegangen\p{L}*|ricevut[aoie]|consegnat[aoie]|evas[aoie]|spedit[aoie]|recibid[ao]s?|entregad[ao]s?|servid[ao]s?|ontvangen|geleverd|recebid[ao]s?|entregues?|otrzyman\p{L}*|dostarczon\p{L}*|mottag\p{L}*|levererat|leverera[dt]|modtaget|leveret|dodano|prijato)(?!\p{L})/u;
/** What is left of an order. */
const LEFT =
  /(?<!\p{L})(?:open|outstanding|remaining|left|balance|bal|due|to follow|still due|back ?order(?:ed|s)?|b o|restee?s?|restante?s?|reliquats?|solde|a livrer|du|manquant\p{L}*|offen\p{L}*|rest|restmenge|ruckst\p{L}*|nachzuliefern\p{L}*|residu[aoie]|inevas[aoie]|mancant[ei]|saldo|da consegnare|pendientes?|restantes?|faltan?|faltantes?|openstaand|restant|nog te leveren|te leveren|em falta|pendentes?|pozostal\p{L}*|zostal\p{L}*|brakuj\p{L}*|resterande|rest ?noter\p{L}*|restordre\p{L}*|mangler|zbyva|zbyvajici)(?!\p{L})/u;
/** Words by which a paper asks for what is left. */
const ASKED =
  /(?<!\p{L})(?:back ?orders?|outstanding|remaining|remainder|balance|open (?:lines?|orders?|quantit\p{L}*|items?)|reliquats?|reste a livrer|le reste|soldes? de commande|ruckst\p{L}*|restmenge\p{L}*|offene\p{L}* (?:menge|position|bestell)\p{L}*|nachlief\p{L}*|nachzuliefern|residu[oi]|inevas[oi]|arretrat[oi]|pendientes?|lo que falta|openstaand\p{L}*|nalever\p{L}*|restanten|pendentes?|em falta|zaleg\p{L}*|pozostal\p{L}*|resterande|restnot\p{L}*|restordre\p{L}*|zbytek|nedodan\p{L}*)(?!\p{L})/u;

/** What is left of each line, where ordered − come = left in every row. */
export interface OpenQuantity {
  column: number;
  /** the words of the sheet ask for what is left; otherwise somebody has to say which counts */
  asked: boolean;
}

/** The column of what is left of an order, proven by the rows; undefined without one. */
export function openQuantity(
  grid: Grid,
  header: HeaderBlock | undefined,
  roles: ReadonlyMap<ColumnRole, number>,
  rows: readonly GridRow[],
): OpenQuantity | undefined {
  const quantity = roles.get('quantity');
  if (quantity === undefined || roles.has('amount')) return undefined;
  const all = [...(header?.headings.values() ?? [])].filter(({ column }) => column !== quantity);
  const came = all.find(({ text }) => CAME.test(plainWords(text)));
  const left = all.find(({ text, column }) => column !== came?.column && LEFT.test(plainWords(text)));
  if (!came || !left) return undefined;
  const counted = rows.filter(({ cells }) => figureOf(cells[quantity]) > 0);
  const follows = counted.every(
    ({ cells }) =>
      figureOf(cells[quantity]) - (figureOf(cells[came.column]) || 0) === (figureOf(cells[left.column]) || 0),
  );
  if (counted.length < 2 || !follows || !counted.some(({ cells }) => figureOf(cells[came.column]) > 0))
    return undefined;
  const words = [grid.sheet, grid.file.replace(/\.\w+$/, '').replaceAll('_', ' '), ...wordsBeside(grid)];
  const heads = new Set([...(header?.headings.values() ?? [])].map(({ text }) => text));
  return { column: left.column, asked: words.some((text) => !heads.has(text) && ASKED.test(plainWords(text))) };
}
