import type { AuditFinding, CostDeliverable, Part } from '../../schemas/audit/deliverables';
import { type Analysis, bySize, type Group, numbersOf } from './analysis';
import {
  commonPart,
  type Brief,
  finding,
  minutesOf,
  noDataHeadline,
  totalWords,
  yearlyWords,
  findingsWithoutRows,
} from './base-document';
import { shortName } from './format';
import { adviceOf } from './advice';
import { methodsFor } from './methods';
import { sensitivityOf } from './sensitivity';

/** Cost of the work per row, category and waste, per period and year, with the arithmetic. */
export function cost(brief: Brief, analysis: Analysis): CostDeliverable {
  const { work, language } = analysis;
  const common = commonPart('cost', brief, analysis);
  const sensitivity = sensitivityOf(analysis);
  return {
    kind: 'cost',
    ...common,
    headline: headlineOf(analysis),
    findings: findingsOf(analysis, sensitivity),
    recommendation: adviceOf(analysis),
    method: methodsFor(['costing', 'sensitivity', 'lean', 'exactness'], language),
    formula: formulaOf(analysis),
    categories: analysis.categories.map(partOf),
    wastes: analysis.wastes.map(partOf),
    rows: work.counted.map((row) => ({
      row: row.row,
      category: row.category,
      waste: analysis.evidence.get(row.row)?.waste ?? 'unclassified',
      minutes: minutesOf(row.micros),
      cost: analysis.rowFigures.get(row.row)!.cost,
    })),
    sensitivity,
  };
}

export function partOf({ id, name, rows, share, figures }: Group): Part {
  return { id, name, rows: numbersOf(rows), share, figures };
}

function headlineOf(analysis: Analysis): string {
  const { totals, say, format, rounding, work, categories } = analysis;
  if (work.total === 0n) return noDataHeadline(analysis);
  const first = categories[0]!;
  const year = totals.cost.per_year;
  if (year !== null)
    return say(
      `${yearlyWords(year, analysis)}; ${shortName(first.name)} accounts for ${format.percent(first.share)}`,
      `${yearlyWords(year, analysis)} ; dont ${shortName(first.name)} ${format.percent(first.share)}`,
    );
  const given = totals.cost.as_given;
  if (given !== null)
    return say(
      `The rows as given cost ${format.money(given, rounding.currency)}; without a period there is no yearly cost`,
      `Les lignes données coûtent ${format.money(given, rounding.currency)} ; sans période, pas de coût annuel`,
    );
  return say(
    `${totalWords(analysis)}; without an hourly rate there is no cost`,
    `${totalWords(analysis)} ; sans taux horaire, pas de coût`,
  );
}

/** The arithmetic, step by step, so that a reader can follow it with a pocket calculator. */
function formulaOf(analysis: Analysis): string[] {
  const { totals, context, say, format, rounding, work } = analysis;
  if (work.total === 0n || context.hourly_rate === undefined)
    return [
      say(
        'Cost = minutes ÷ 60 × hourly rate. Not computed: the input lacks what the list of missing data names.',
        'Coût = minutes ÷ 60 × taux horaire. Non calculé : il manque à l’entrée ce que nomme la liste des données manquantes.',
      ),
    ];
  const rate = format.number(context.hourly_rate, 6);
  const money = (value: number) => format.money(value, rounding.currency);
  const minutes = format.number(minutesOf(work.total), 6);
  const lines = [
    say(
      `Rows as given: ${minutes} minutes ÷ 60 × ${rate} ${rounding.currency} an hour = ${money(totals.cost.as_given!)}`,
      `Lignes données : ${minutes} minutes ÷ 60 × ${rate} ${rounding.currency} de l’heure = ${money(totals.cost.as_given!)}`,
    ),
  ];
  const addScaled = (level: 'per_period' | 'per_year', english: string, french: string) => {
    const factor = rounding.factors[level];
    const value = totals.cost[level];
    if (!factor || value === null) return;
    const number = format.number(Number(factor.n) / Number(factor.d), 6);
    lines.push(
      say(
        `${english}: ${minutes} × ${number} minutes ÷ 60 × ${rate} ${rounding.currency} = ${money(value)}`,
        `${french} : ${minutes} × ${number} minutes ÷ 60 × ${rate} ${rounding.currency} = ${money(value)}`,
      ),
    );
  };
  addScaled('per_period', 'Per period', 'Par période');
  addScaled('per_year', 'Per year', 'Par an');
  return lines;
}

function findingsOf(analysis: Analysis, sensitivity: CostDeliverable['sensitivity']): AuditFinding[] {
  const { categories, wastes, work, say, format, rounding } = analysis;
  if (work.total === 0n) return findingsWithoutRows(analysis);
  const findings: AuditFinding[] = [];
  const money = (value: number | null) =>
    value === null ? '' : say(` (${yearlyWords(value, analysis)})`, ` (${yearlyWords(value, analysis)})`);
  for (const category of categories.slice(0, 3))
    findings.push(
      finding(
        analysis,
        'cost.category',
        say(
          `${category.name}: ${format.percent(category.share)} of the cost${money(category.figures.cost.per_year)}.`,
          `${category.name} : ${format.percent(category.share)} du coût${money(category.figures.cost.per_year)}.`,
        ),
        category.rows,
        category.figures,
      ),
    );
  const waste = wastes.find(({ id }) => id !== 'unclassified');
  if (waste)
    findings.push(
      finding(
        analysis,
        'cost.waste',
        say(
          `The most costly waste is ${waste.name.toLowerCase()}: ${format.percent(waste.share)} of the cost${money(waste.figures.cost.per_year)}.`,
          `Premier gaspillage par son coût : ${waste.name.toLowerCase()}, ${format.percent(waste.share)} du coût${money(waste.figures.cost.per_year)}.`,
        ),
        waste.rows,
        waste.figures,
      ),
    );
  const row = [...work.counted].sort(bySize)[0]!;
  findings.push(
    finding(
      analysis,
      'cost.row',
      say(
        `The most costly row is row ${row.row} (${row.category}).`,
        `La ligne la plus coûteuse est la ligne ${row.row} (${row.category}).`,
      ),
      [row],
      analysis.rowFigures.get(row.row),
    ),
  );
  const swing = sensitivity[0];
  if (swing?.swing)
    findings.push({
      code: 'cost.sensitivity',
      text: say(
        `The yearly cost is most sensitive to the input “${swing.input.toLowerCase()}” (${swing.change}): it moves by ${format.money(swing.swing, rounding.currency)}.`,
        `Le coût annuel dépend le plus de l’entrée « ${swing.input.toLowerCase()} » (${swing.change}) : il varie de ${format.money(swing.swing, rounding.currency)}.`,
      ),
      rows: swing.rows,
      figures: null,
    });
  return findings;
}
