import {
  type AuditFinding,
  type Figures,
  type Recommendation,
  type TimeWasteDeliverable,
} from '../../schemas/audit/deliverables';
import { type Analysis, bySize, numbersOf, wordsWithRows } from './analysis';
import { share } from './apportion';
import {
  askForData,
  commonPart,
  type Brief,
  finding,
  minutesOf,
  noDataHeadline,
  recommend,
  totalWords,
  yearlyWords,
  findingsWithoutRows,
} from './base-document';
import { shortName } from './cost';
import { methodsFor } from './methods';
import { wasteName } from './names';
import { wasteRemedy } from './remedies';
import type { WorkedRow } from './normalise';
import { type ParetoClass, paretoClasses } from './pareto';
import type { Waste } from './lexicon/topics';

/** Minutes by category, row and waste, and those that can be saved. */
export function timeWaste(brief: Brief, analysis: Analysis): TimeWasteDeliverable {
  const { work, say, format, language } = analysis;
  const common = commonPart('time_waste', brief, analysis);
  const proven = work.counted.filter(({ row }) => analysis.evidence.get(row)?.waste);
  const saving = analysis.likelySaving(proven);
  const ranked = [...work.counted].sort(bySize);
  const classes = paretoClasses(
    ranked.map(({ micros }) => micros),
    work.total,
  );
  const top = analysis.causes[0];
  const provenShare = share(
    proven.reduce((sum, { micros }) => sum + micros, 0n),
    work.total,
  );
  return {
    kind: 'time_waste',
    ...common,
    headline: top
      ? say(
          `${totalWords(analysis)}; ${shortName(top.name)} is ${format.percent(top.share)} of them, waste is evident in ${format.percent(provenShare)}`,
          `${totalWords(analysis)} ; ${shortName(top.name)} : ${format.percent(top.share)}, gaspillage avéré dans ${format.percent(provenShare)}`,
        )
      : noDataHeadline(analysis),
    findings: findingsOf(analysis, proven, ranked, classes),
    recommendation: work.total === 0n ? askForData(analysis) : recommendationOf(analysis),
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
    `${part} of the minutes sit in rows whose text speaks of waste. Not all of that can go: the combined plan likely frees ${minutes} minutes of it, on the level of the rows as given.`,
    `${part} des minutes sont dans des lignes dont le texte parle de gaspillage. Tout n’est pas supprimable : le plan combiné en libère vraisemblablement ${minutes} minutes, au niveau des lignes données.`,
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
        `${format.number(large.length)} of ${format.number(ranked.length)} rows hold 80% of the minutes.`,
        `${format.number(large.length)} lignes sur ${format.number(ranked.length)} font 80${'\u202f'}% des minutes.`,
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
        `La plus grosse catégorie est ${first.name}, avec ${format.percent(first.share)} des minutes.`,
      ),
      first.rows,
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
          `${waste.name} : ${format.percent(waste.share)} des minutes, sur ${format.number(waste.rows.length)} ${waste.rows.length === 1 ? 'ligne' : 'lignes'}, surtout en ${spread}.`,
        ),
        waste.rows,
      ),
    );
  }
  if (proven.length === 0)
    findings.push(
      finding(
        analysis,
        'waste.none',
        say(
          'No text speaks of waste; nothing is classified by guess.',
          'Aucun texte ne parle de gaspillage ; rien n’est classé au jugé.',
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

/** Recommends the waste on which the combined plan saves most; without a proven one, a look at the largest category. */
function recommendationOf(analysis: Analysis): Recommendation {
  const { causes, wastes, say, language } = analysis;
  const [best] = wastes
    .filter(({ id, micros }) => id !== 'unclassified' && micros > 0n)
    .map((waste) => ({ waste, saving: analysis.likelySaving(waste.rows).minutes.as_given ?? 0 }))
    .sort((a, b) => b.saving - a.saving);
  if (!best) {
    const name = shortName(causes[0]!.name);
    const cost = yearlyWords(causes[0]!.figures.cost.per_year, analysis);
    return recommend(
      analysis,
      say(
        `Watch ${name} for two days with the people who do it: its texts name no waste, and it takes the most time${cost && ` (${cost})`}.`,
        `Observer ${name} deux jours avec ceux qui le font : ses textes ne nomment aucun gaspillage, et c’est le plus gros poste${cost && ` (${cost})`}.`,
      ),
      causes[0]!.rows.map((row) => analysis.work.rows[row - 1]!),
    );
  }
  const { waste } = best;
  const id = waste.id as Waste;
  const cost = yearlyWords(waste.figures.cost.per_year, analysis);
  const saving = yearlyWords(analysis.likelySaving(waste.rows).cost.per_year || null, analysis);
  return recommend(
    analysis,
    say(
      `${wasteRemedy(id, analysis.language)}: ${wasteName(id, language).toLowerCase()} costs ${cost || 'time'}${saving && `, of which the combined plan likely saves ${saving}`}.`,
      `${wasteRemedy(id, analysis.language)} : ${wasteName(id, language).toLowerCase()}, ${cost || 'du temps perdu'}${saving && `, dont le plan combiné économise vraisemblablement ${saving}`}.`,
    ),
    waste.rows,
  );
}
