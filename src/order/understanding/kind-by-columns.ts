import { asNumber, compare } from './decimal';
import { KNOWN } from './header-rows';
import type { UnnumberedLine } from './line';
import type { DocumentKind } from './lexicon/kinds';
import { isCancelledCount } from './lexicon/cancelled';
import { isPeriod } from './lexicon/labels';
import { stateIn } from './lexicon/states';
import { figureOf, rowsBetween } from './profile';
import { senseOf } from './role-draft';
import type { SheetReading } from './sheet-reading';
import { plainWords } from './text';
import type { Kind, Table } from './types';

/** What the columns and figures of a sheet make of it, whatever its title; undefined for an order. */
export const kindByColumns = (sheet: SheetReading, drafts: readonly UnnumberedLine[]): Kind | undefined =>
  priceSteps(drafts) ??
  kindByHeadings(sheet) ??
  pricesAsked(sheet) ??
  costsOfMeals(sheet) ??
  consumption(sheet) ??
  deliveredAlready(drafts) ??
  delivered(sheet) ??
  availability(sheet) ??
  databaseTable(sheet) ??
  masterData(sheet);

/** The same product at rising quantities and falling prices: a tariff in steps, whatever its title. */
function priceSteps(drafts: readonly UnnumberedLine[]): Kind | undefined {
  if (drafts.length < 3) return undefined;
  let steps = 0;
  for (const [index, draft] of drafts.entries()) {
    const before = drafts[index - 1];
    const name = draft.line.reference?.value ?? draft.line.description?.value;
    const same = name !== undefined && name === (before?.line.reference?.value ?? before?.line.description?.value);
    const { quantity, price } = draft;
    if (!same || !before?.quantity || !before.price || !quantity || !price) continue;
    if (draft.line.variant?.value !== before.line.variant?.value) continue;
    const rising = compare(quantity, before.quantity) > 0;
    if (rising && compare(price, before.price) < 0) steps += 1;
  }
  if (steps < 2 || steps < 0.5 * (drafts.length - 1)) return undefined;
  const evidence = drafts.slice(0, 3).flatMap(({ line }) => line.quantity?.from ?? []);
  return { kind: 'price_list', evidence, words: evidence.map(({ text }) => text ?? '').join(', ') };
}

const STOCK =
  /^(?:stock value|value of stock|valeur (?:du |de )?stock|lagerwert|bestandswert|valore (?:di )?(?:magazzino|giacenza)|valor (?:del? )?(?:stock|inventario|existencias)|voorraadwaarde|lagervarde|lagervaerdi|wartosc (?:stanu|zapasu)|hodnota zasob)(?: [£€$])?$/;

const HEADINGS: readonly [RegExp, DocumentKind][] = [
  [STOCK, 'stock_list'],
  [
    /^(?:motif|raison|cause) (?:du |de )?retour$|^(?:return reason|reason for return|rma(?: no)?|retourengrund|ruckgabegrund|reklamationsgrund|motivo (?:del )?reso|motivo (?:de la )?devolucion|motivo (?:da )?devolucao|reden (?:van )?retour|powod zwrotu|returorsak|returarsag)$/,
    'return',
  ],
  [
    /^(?:invoice no|invoice number|invoice|invoice ref|ref invoice|ref facture|facture d origine|rif fattura|ref factura|no facture|numero facture|numero de facture|facture|n facture|rechnungsnummer|rechnungsnr|rechnung|n fattura|numero fattura|fattura|no factura|numero factura|factura|factuurnummer|factuur|no fatura|fatura|nr faktury|faktura|fakturanummer|fakturanr)$/,
    'invoice',
  ],
  [
    /^(?:ca|ca ht|chiffre d affaires|umsatz|umsatz netto|turnover|revenue|net sales|gross sales|fatturato|facturacion|omzet|faturacao|obrot|omsattning|omsaetning|units sold|qty sold|marge|margin|gross margin|margine|margen|deckungsbeitrag)$/,
    'history',
  ],
];

/** Headings of a reason, which may be a pattern of cloth too: the reasons below decide. */
const REASON = /^(?:motif|motivo|motivos|raison|reason|grund|reden|causale|causa|powod|orsak|arsag|duvod)$/;
const COMPLAINT =
  /(?<!\p{L})(?:invendus?|unsold|unverkauft|invenduto|defectueux|defectueuse|defaut|abime|casse|cassee|defraichi|perime|peremption|tara|roto|rota|defecto|defectuoso|danado|no pedido|equivocad[oa]|caducado|difettos[oa]|rott[oa]|danneggiat[oa]|scadut[oa]|non ordinato|beschadigt|defekt|kaputt|falsch geliefert|nicht bestellt|bruch|abgelaufen|mangel|damaged|faulty|broken|defective|wrong (?:item|size|colour|color)|not ordered|expired|recalled|surplus|kapot|beschadigd|verkeerd|niet besteld|danificado|avariado|uszkodzon\p{L}+|wadliw\p{L}+|skadad|trasig|defekt|erreur (?:de|d)|error (?:de|di))(?!\p{L})/u;

/** Headings that only other documents have, over columns that nearly every line fills. */
function kindByHeadings({ readings }: SheetReading): Kind | undefined {
  for (const { table, drafts } of readings) {
    if (drafts.length === 0 || table.roles.has('order_number')) continue;
    const quantity = table.roles.get('quantity') ?? 0;
    if (senseOf(table.header, quantity, 'ordered') >= 0.9) continue;
    for (const { text, column, row } of table.header?.headings.values() ?? []) {
      const plain = plainWords(text);
      const kind =
        (column === quantity && isCancelledCount(plain) ? 'no_order' : undefined) ??
        HEADINGS.find(([pattern]) => pattern.test(plain))?.[1] ??
        (REASON.test(plain) && isComplained(table, drafts, column) ? 'return' : undefined);
      if (!kind || (table.profiles.get(column)?.filled ?? 0) < 0.8 * drafts.length) continue;
      return { kind, evidence: [table.grid.from(row, column)], words: text };
    }
  }
  return undefined;
}

/** Whether a column says what is wrong with half of the goods at least. */
function isComplained({ grid }: Table, drafts: readonly UnnumberedLine[], column: number): boolean {
  const wrong = drafts.filter(({ row }) => COMPLAINT.test(plainWords(grid.text(row, column)))).length;
  return wrong >= 0.5 * drafts.length;
}

const ASKED =
  /^(?:your|votre|vos|ihre?|ihr|uw|vostr[ao]|su|sua|vossa|vosso|vase|wasza|panstwa|er|ert|deres|din) (?:best |unit |net |meilleur |bester |miglior |mejor )?(?:price|prices|quote|offer|prix|tarif|offre|preis|angebot|prijs|offerte|prezzo|offerta|precio|oferta|preco|cena|nabidka|pris|tilbud|offert)(?: |$)/;

/** An empty column that asks for a price, beside quantities: `Your price`, `Vaše cena / 100 ks`. */
function pricesAsked({ readings }: SheetReading): Kind | undefined {
  for (const { table, drafts } of readings) {
    if (drafts.length === 0 || table.roles.has('order_number')) continue;
    const asked = [...(table.header?.headings.values() ?? [])].find(
      ({ text, column }) => ASKED.test(plainWords(text)) && (table.profiles.get(column)?.filled ?? 0) === 0,
    );
    if (asked)
      return {
        ...{ kind: 'quote_request', words: asked.text },
        evidence: [table.grid.from(asked.row, asked.column)],
      };
  }
  return undefined;
}

const INGREDIENT =
  /^(?:ingredients?|ingredienti?|zutat|zutaten|ingrediente|ingredientes|ingredient en|skladnik|skladniki|ingrediens|ingredienser|ingredienten|suroviny?)$/;
const MEAL =
  /^(?:cost per (?:cover|portion|head|serving|plate)|cost pp|food cost(?: %)?|gp ?%|cout (?:par|la|de la) (?:portion|couvert|personne)|cout matiere|wareneinsatz(?: %)?|kosten (?:pro|je) (?:portion|person)|costo (?:per|a) (?:porzione|coperto)|coste por (?:racion|comensal|persona)|kostprijs per (?:portie|persoon)|custo por (?:dose|porcao|pessoa)|koszt porcji)(?: |$)/;
const PORTION =
  /^(?:(?:g|gr|grams?|grammes?|gramm|grammi|ml) (?:per |par |pro |a |je |por )?(?:meal|pasto|porzione|portion|person|personne|portie|racion|cover|pax|tete|repas)|n pasti(?: previsti)?|numero pasti|covers|couverts|essenszahl)$/;

/** A table of ingredients with costs for each portion, or of dishes with grams for each. */
function costsOfMeals({ grid, readings }: SheetReading): Kind | undefined {
  for (const { table, drafts } of readings) {
    if (drafts.length === 0) continue;
    const headings = [...(table.header?.headings.values() ?? [])];
    const dishes = headings.filter(({ text }) => PORTION.test(plainWords(text)));
    const [first] = dishes;
    if (first && dishes.length >= 2)
      return { kind: 'meal_plan', words: first.text, evidence: [table.grid.from(first.row, first.column)] };
    if (!headings.some(({ text }) => INGREDIENT.test(plainWords(text)))) continue;
    for (const { number, cells } of grid.rows) {
      const column = cells.findIndex((cell) => cell?.value.is === 'text' && MEAL.test(plainWords(cell.value.text)));
      if (column > 0)
        return { kind: 'costing', words: grid.text(number, column), evidence: [grid.from(number, column)] };
    }
  }
  return undefined;
}

const AVERAGE =
  /^(?:average|avg|mean|moyenne|moy|durchschnitt|schnitt|mittelwert|media|media mensile|media mensual|gemiddeld|gemiddelde|srednia|genomsnitt|gennemsnit|prumer|ø|monthly average|moyenne mensuelle)$/;
const MONTHS = 6;

/** Figures by month with their average: what was used, not what is ordered. */
function consumption({ readings }: SheetReading): Kind | undefined {
  for (const { table, drafts } of readings) {
    if (drafts.length === 0) continue;
    const headings = [...(table.header?.headings.values() ?? [])];
    const mean = headings.find(({ text }) => AVERAGE.test(plainWords(text)));
    if (mean && headings.filter(({ text }) => isPeriod(text)).length >= MONTHS)
      return { kind: 'history', words: mean.text, evidence: [table.grid.from(mean.row, mean.column)] };
  }
  return undefined;
}

/** A list of which nearly every line says that it was delivered: orders of the past. */
function deliveredAlready(drafts: readonly UnnumberedLine[]): Kind | undefined {
  const done = drafts.flatMap(({ issues }) =>
    issues
      .filter(({ code, words }) => code === 'line.held' && stateIn(words?.['text'] ?? '')?.state === 'done')
      .slice(0, 1),
  );
  if (done.length < 2 || done.length < 0.8 * drafts.length) return undefined;
  const evidence = done.slice(0, 3).flatMap(({ evidence: [at] }) => at ?? []);
  return { kind: 'history', evidence, words: evidence.map(({ text }) => text ?? '').join(', ') };
}

const DELIVERED =
  /^(?:(?:qty|quantity|units) )?(?:delivered|shipped|supplied|dispatched)$|^(?:delivered|shipped) (?:qty|quantity)$|^(?:(?:qte|quantite) )?(?:livree?s?|expediee?s?)$|^(?:(?:menge|gelieferte menge) )?(?:geliefert|gelieferte menge|liefermenge)$|^(?:(?:qta|q ta|quantita) )?(?:consegnat[aoie]|evas[aoie]|spedit[aoie])$|^(?:(?:cant|cantidad) )?(?:entregad[ao]s?|servid[ao]s?)$|^(?:aantal )?geleverd$|^(?:(?:qtd|quantidade) )?entregues?$|^(?:ilosc )?(?:dostarczon[aoe]|wydan[aoe])$/;
/** What is left of an order, in words of a paper that goes with the goods. */
const OUTSTANDING =
  /^(?:(?:qty |quantity )?(?:outstanding|remaining|back ?order(?:ed)?|to follow|balance)|reste?(?: a livrer)?|reliquats?|solde|(?:ruckstand|rest(?:menge)?|offen|fehlmenge|nachlieferung)|residuo|da consegnare|saldo|inevaso|pendientes?|restante|openstaand|restant|nog te leveren|naleveren|em falta|pendente|pozostalo|zostalo)$/;
const MOST = 0.8;

/** What was delivered of nearly each article and what is left, beside what was ordered: a delivery note. */
function delivered({ readings }: SheetReading): Kind | undefined {
  for (const { table, drafts } of readings) {
    const { header, profiles } = table;
    if (drafts.length < 2 || table.layout === 'matrix') continue;
    const headings = [...(header?.headings.values() ?? [])];
    const found = headings.find(({ text }) => DELIVERED.test(plainWords(text)));
    const profile = profiles.get(found?.column ?? 0);
    const left = headings.find(({ text }) => OUTSTANDING.test(plainWords(text)));
    // a paper that asks for what is left orders it
    if (!found || !profile || !left || table.roles.get('quantity') === left.column) continue;
    if (profile.numbers - profile.zeros < MOST * drafts.length) continue;
    // a call-off stands beside what its contract had delivered
    const counts = headings.filter(({ column }) => COUNTED.some((sense) => senseOf(header, column, sense) >= KNOWN));
    const last = Math.max(...counts.map(({ column }) => column));
    if (counts.length > 1 || last > found.column) continue;
    return { kind: 'delivery_note', words: found.text, evidence: [table.grid.from(found.row, found.column)] };
  }
  return undefined;
}

const AVAILABLE =
  /^(?:(?:qty|quantity|stock|units?|free stock) )?(?:avail(?:able)?|in stock|on hand)$|^(?:available|free) (?:qty|quantity|stock|units)$|^(?:stock|free stock|stk)$|^(?:(?:qte|quantite|stock) )?dispo(?:nible)?s?$|^en stock$|^(?:(?:menge|bestand) )?verfugbar(?:e menge)?$|^(?:lager)?bestand$|^auf lager$|^(?:(?:qta|quantita|q ta) )?disponibil[ei]$|^giacenza$|^(?:(?:cant|cantidad|stock|uds|unidades) )?disponibles?$|^existencias$|^(?:aantal )?beschikbaar$|^(?:op )?voorraad$|^(?:(?:qtd|quantidade|stock) )?disponive(?:l|is)$|^dostepn\p{L}*$|^stan(?: magazynowy)?$|^(?:i )?lager(?:saldo)?$/u;
const COUNTED = ['quantity', 'ordered', 'total_quantity'] as const;

/** What is available of each article, beside no column of what is ordered: an offer from stock. */
function availability({ readings }: SheetReading): Kind | undefined {
  for (const { table, drafts } of readings) {
    const { header, roles, profiles } = table;
    if (drafts.length < 3 || roles.has('amount') || roles.has('order_number') || table.layout === 'matrix') continue;
    const headings = [...(header?.headings.values() ?? [])];
    const counts = ({ column }: { column: number }) => COUNTED.some((sense) => senseOf(header, column, sense) >= KNOWN);
    if (headings.some(counts)) continue;
    const stock = headings.find(({ text }) => AVAILABLE.test(plainWords(text)));
    if (!stock || (profiles.get(stock.column)?.filled ?? 0) < 0.8 * drafts.length) continue;
    return { kind: 'stock_list', words: stock.text, evidence: [table.grid.from(stock.row, stock.column)] };
  }
  return undefined;
}

const TECHNICAL =
  /^(?:created|updated|deleted|modified|inserted|last_modified|last_updated)_?(?:at|on|date|by|ts)$|^(?:row_?id|guid|uuid|_id|etl_\w+|is_deleted|is_active)$/i;

/** Columns in the words of a database, with those that only it keeps. */
function databaseTable({ readings }: SheetReading): Kind | undefined {
  for (const { table } of readings) {
    const headings = [...(table.header?.headings.values() ?? [])];
    const isKept = COUNTED.every((sense) =>
      headings.every(({ column }) => senseOf(table.header, column, sense) < KNOWN),
    );
    const own = headings.filter(
      ({ text, column }) => TECHNICAL.test(text.trim()) || (isKept && holdsTimes(table, column)),
    );
    const snake = headings.filter(({ text }) => /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/.test(text.trim()));
    if (own.length > 0 && snake.length >= 0.7 * headings.length) {
      const evidence = own.slice(0, 3).map(({ row, column }) => table.grid.from(row, column));
      return { kind: 'export', evidence, words: own.map(({ text }) => text).join(', ') };
    }
  }
  return undefined;
}

/** Whether each row has a time of its own to the second, as programs write of the last change. */
function holdsTimes({ grid, first, last, roles }: Table, column: number): boolean {
  if (roles.has('order_number') || roles.has('amount')) return false;
  const rows = rowsBetween(grid, first, Math.min(last, first + LOOK_AT));
  const texts = rows.flatMap(({ number }) => grid.text(number, column) || []);
  const times = texts.filter((text) => TIME.test(text));
  return times.length >= LEAST_TIMES && times.length >= MOST * texts.length && new Set(times).size > 1;
}

const LOOK_AT = 100;
const LEAST_TIMES = 3;
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/;

const MASTER =
  /^(?:lieferzeit\p{L}*(?: tage)?|mandant|mindestbestand|meldebestand|sicherheitsbestand|bestand|lagerbestand|letzte?r? (?:we|wareneingang|einkauf|verkauf)|letzt we|lief nr|lieferanten ?nr|lieferantennummer|ek netto|vk brutto|vk netto|std bestellmenge|standard ?bestellmenge|min stock|minimum stock|safety stock|stock on hand|on hand|last (?:receipt|purchase|sale)|supplier (?:no|id|code)|vendor (?:no|id|code)|std order qty|stock mini|stock min|stock minimum|stock de securite|stock actuel|dernier(?:e)? (?:achat|vente|entree)|code fournisseur|pv ttc|prix d achat ht|qte std|scorta minima|giacenza|ultimo (?:acquisto|carico|scarico)|cod fornitore|prezzo (?:acquisto|vendita)|lotto riordino|existencias|stock minimo|ultima (?:compra|venta|entrada)|cod proveedor|precio (?:compra|venta)|lote pedido|voorraad|minimum ?voorraad|laatste (?:ontvangst|inkoop|verkoop)|leveranciers ?nr|inkoopprijs|verkoopprijs|lead time(?: days)?|delai (?:de livraison|appro\p{L}*)(?: jours)?|plazo entrega dias|tempo consegna gg|levertijd(?: dagen)?|letzte anderung|geandert am|last (?:change|changed|update|updated|modified)|changed on|date (?:de )?modification|derniere modif\p{L}*|ultima modifica|ultima modificacion|laatst gewijzigd|sperre|gesperrt|sperrkz|blocked|inactive|active|status artikel|article status|bloque|actif|inactif|wgr|warengruppe|product group|item group|commodity code|hs code|zolltarif\p{L}*|code douanier|groupe article|famille article|mindestbestellmenge|mbm|moq|min order qty|minimum order quantity|vk preis|vk|sales price|selling price|prix de vente|pv ht|uvp|retail price|ek preis|ek|purchase price|cost price|prix d achat|pa ht|standard cost|bestellmenge std|standard order qty|reorder qty|lot size|losgrosse)$/u;
const LEAST_MASTER = 4;

/** Columns that a file keeps of each article, whoever orders it: lead time, minimum, both prices, the last change. */
function masterData({ readings }: SheetReading): Kind | undefined {
  for (const { table, drafts, open } of readings) {
    if (drafts.length < 3 || open > 0 || table.roles.has('order_number') || table.roles.has('amount')) continue;
    const own = [...(table.header?.headings.values() ?? [])].filter(({ text }) => MASTER.test(plainWords(text)));
    if (own.length < LEAST_MASTER || fillsUp(table, drafts)) continue;
    const evidence = own.slice(0, 3).map(({ row, column }) => table.grid.from(row, column));
    return { kind: 'export', evidence, words: own.map(({ text }) => text).join(', ') };
  }
  return undefined;
}

/** Whether each line is of what has fallen below its least, and brings it back there: stock < least ≤ stock + quantity. */
function fillsUp({ grid, header, profiles }: Table, drafts: readonly UnnumberedLine[]): boolean {
  const kept = [...profiles.keys()].filter((column) => senseOf(header, column, 'other_quantity') >= KNOWN);
  return kept.some((stock) =>
    kept.some((least) =>
      drafts.every(({ row, quantity }) => {
        const [now, low] = [stock, least].map((column) => figureOf(grid.cell(row, column)));
        const filled = (now ?? Number.NaN) + (quantity ? asNumber(quantity) : Number.NaN);
        return now !== undefined && low !== undefined && now < low && low <= filled;
      }),
    ),
  );
}
