import { type AuditFinding, type Figures, type TimeWasteDeliverable } from '../../schemas/audit/deliverables';
import { type Analysis, bySize, numbersOf, wordsWithRows } from './analysis';
import { share } from './apportion';
import {
  commonPart,
  type Brief,
  finding,
  minutesOf,
  noDataHeadline,
  totalWords,
  findingsWithoutRows,
} from './base-document';
import { adviceOf } from './advice';
import { methodsFor } from './methods';
import type { WorkedRow } from './normalise';
import { type ParetoClass, paretoClasses } from './pareto';

/** Minutes by category, row and waste, and those that can be saved. */
export function timeWaste(brief: Brief, analysis: Analysis): TimeWasteDeliverable {
  const { work, language } = analysis;
  const common = commonPart('time_waste', brief, analysis);
  const proven = work.counted.filter(({ row }) => analysis.evidence.get(row)?.waste);
  const saving = analysis.likelySaving(proven);
  const ranked = [...work.counted].sort(bySize);
  const classes = paretoClasses(
    ranked.map(({ micros }) => micros),
    work.total,
  );
  const provenShare = share(
    proven.reduce((sum, { micros }) => sum + micros, 0n),
    work.total,
  );
  return {
    kind: 'time_waste',
    ...common,
    headline: headlineOf(analysis, provenShare),
    findings: findingsOf(analysis, proven, ranked, classes),
    recommendation: adviceOf(analysis),
    method: methodsFor(['pareto', 'lean', 'exactness'], language),
    categories: withCumulativeShares(analysis),
    wastes: analysis.wastes.map((waste) => ({
      id: waste.id,
      name: waste.name,
      rows: numbersOf(waste.rows),
      share: waste.share,
      figures: waste.figures,
      evidence: wordsWithRows(waste, analysis.evidence),
    })),
    rows: ranked.map((row, index) => {
      const evidence = analysis.evidence.get(row.row)!;
      return {
        row: row.row,
        category: row.category,
        minutes: minutesOf(row.micros),
        pareto_class: classes[index]!,
        waste: evidence.waste ?? 'unclassified',
        evidence: evidence.waste ? (evidence.quotes.get(evidence.waste) ?? []) : [],
        also: evidence.also,
      };
    }),
    can_go: {
      with_evidence: analysis.figuresOf(proven),
      likely_saving: saving,
      rows: numbersOf(proven),
      share: provenShare,
      words: canGoWords(analysis, proven, saving),
    },
  };
}

function headlineOf(analysis: Analysis, provenShare: number): string {
  const { work, causes, say, format } = analysis;
  if (work.total === 0n) return noDataHeadline(analysis);
  const [top] = causes;
  if (!top)
    return say(
      `${totalWords(analysis)}; no text gives evidence of waste`,
      `${totalWords(analysis)}\u202f; aucun texte ne donne d’indice de gaspillage`,
    );
  return say(
    `${totalWords(analysis)}; there is evidence of waste in ${format.percent(provenShare)} of them, of ${top.name.toLowerCase()} in ${format.percent(top.share)}`,
    `${totalWords(analysis)}\u202f; indices de gaspillage dans ${format.percent(provenShare)}, dont ${top.name.toLowerCase()} ${format.percent(top.share)}`,
  );
}

function canGoWords({ say, format, work }: Analysis, proven: readonly WorkedRow[], saving: Figures): string {
  if (work.total === 0n) return say('Not computed: no minutes are given.', 'Non calculé : aucune minute donnée.');
  const part = format.percent(
    share(
      proven.reduce((sum, { micros }) => sum + micros, 0n),
      work.total,
    ),
  );
  const minutes = format.number(saving.minutes.as_given ?? 0);
  return say(
    `${part} of the minutes are in rows that give evidence of waste. Only a part of them can be saved: likely ${minutes} minutes by the combined plan, in the rows as given.`,
    `${part} des minutes relèvent de lignes qui comportent un indice de gaspillage. Une partie seulement peut être économisée : environ ${minutes} minutes grâce au plan combiné, à l’échelle des lignes données.`,
  );
}

function withCumulativeShares(analysis: Analysis): TimeWasteDeliverable['categories'] {
  const classes = paretoClasses(
    analysis.categories.map(({ micros }) => micros),
    analysis.work.total,
  );
  let tenths = 0;
  return analysis.categories.map((category, index) => {
    tenths += Math.round(category.share * 10);
    return {
      id: category.id,
      name: category.name,
      rows: numbersOf(category.rows),
      share: category.share,
      figures: category.figures,
      cumulative_share: tenths / 10,
      pareto_class: classes[index]!,
    };
  });
}

function findingsOf(
  analysis: Analysis,
  proven: readonly WorkedRow[],
  ranked: readonly WorkedRow[],
  classes: readonly ParetoClass[],
): AuditFinding[] {
  const { say, format, categories, wastes, work } = analysis;
  if (work.total === 0n) return findingsWithoutRows(analysis);
  const findings: AuditFinding[] = [];
  const large = ranked.filter((_, index) => classes[index] === 'A');
  findings.push(
    finding(
      analysis,
      'pareto.rows',
      say(
        `${format.number(large.length)} of ${format.number(ranked.length)} rows account for 80% of the minutes.`,
        `${format.number(large.length)} lignes sur ${format.number(ranked.length)} représentent 80${'\u202f'}% des minutes.`,
      ),
      large,
    ),
  );
  const first = categories[0]!;
  findings.push(
    finding(
      analysis,
      'pareto.category',
      say(
        `The largest category is ${first.name} with ${format.percent(first.share)} of the minutes.`,
        `La catégorie la plus importante est ${first.name}, avec ${format.percent(first.share)} des minutes.`,
      ),
      first.rows,
      first.figures,
    ),
  );
  for (const waste of wastes.filter(({ id }) => id !== 'unclassified').slice(0, 3)) {
    const spread = largestCategoryOf(waste.rows);
    findings.push(
      finding(
        analysis,
        `waste.${waste.id}`,
        say(
          `${waste.name} takes ${format.percent(waste.share)} of the minutes in ${format.number(waste.rows.length)} ${waste.rows.length === 1 ? 'row' : 'rows'}, most of it in ${spread}.`,
          `${waste.name} : ${format.percent(waste.share)} des minutes, sur ${format.number(waste.rows.length)} ${waste.rows.length === 1 ? 'ligne' : 'lignes'}, surtout dans ${spread}.`,
        ),
        waste.rows,
        waste.figures,
      ),
    );
  }
  if (proven.length === 0)
    findings.push(
      finding(
        analysis,
        'waste.none',
        say(
          'No text gives evidence of waste; no row is classified by guesswork.',
          'Aucun texte ne donne d’indice de gaspillage ; aucune ligne n’est classée au hasard.',
        ),
        [],
      ),
    );
  return findings;
}

/** Category with most of the rows' minutes. */
function largestCategoryOf(rows: readonly WorkedRow[]): string {
  const sums = new Map<string, bigint>();
  for (const row of rows) sums.set(row.category, (sums.get(row.category) ?? 0n) + row.micros);
  return [...sums].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
