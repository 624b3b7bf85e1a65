import type { AuditFinding, FrictionDeliverable } from '../../schemas/audit/deliverables';
import { type Analysis, numbersOf, sumMicros } from './analysis';
import { share } from './apportion';
import {
  commonPart,
  type Brief,
  finding,
  minutesOf,
  noDataHeadline,
  percentOf,
  findingsWithoutRows,
} from './base-document';
import { oneLine, shorten } from './format';
import { unknownFigures } from './rounding';
import { adviceOf } from './advice';
import { indexDefinition, methodsFor } from './methods';
import { signalName } from './names';
import type { WorkedRow } from './normalise';
import { type SignalId, signalIds } from './signals';

interface Signal {
  id: SignalId;
  rows: WorkedRow[];
  words: string[];
}

/** Work that repeats, bounces, waits, changes hands or is interrupted. */
export function friction(brief: Brief, analysis: Analysis): FrictionDeliverable {
  const { language, say, format } = analysis;
  const { value, rows: touched } = frictionIndex(analysis);
  const signals = signalsIn(analysis);
  const wasteOf = (id: SignalId) => analysis.wastes.find((waste) => waste.id === id);
  const groupOf = new Map(analysis.repetitions.flatMap(({ id, rows }) => rows.map(({ row }) => [row, id] as const)));
  return {
    kind: 'friction',
    ...commonPart('friction', brief, analysis),
    headline:
      value === null
        ? noDataHeadline(analysis)
        : say(
            `Friction index ${format.number(value, 1)} of 100; ${format.number(analysis.repetitions.length)} ${analysis.repetitions.length === 1 ? 'group' : 'groups'} of near-duplicate texts`,
            `Indice de friction ${format.number(value, 1)} sur 100 ; ${format.number(analysis.repetitions.length)} ${analysis.repetitions.length > 1 ? 'groupes' : 'groupe'} de textes quasi identiques`,
          ),
    findings: findingsOf(analysis, signals),
    recommendation: adviceOf(analysis),
    method: methodsFor(['index', 'duplicates', 'lean', 'exactness'], language),
    index: {
      value,
      level: value === null ? null : levelOf(value),
      definition: indexDefinition(language),
      rows: numbersOf(touched),
      figures: value === null ? unknownFigures() : analysis.figuresOf(touched),
    },
    signals: signals.map(({ id, rows, words }) => ({
      id,
      name: signalName(id, language),
      rows: numbersOf(rows),
      share_of_total: shareOf(id, rows, analysis),
      figures: wasteOf(id)?.figures ?? analysis.figuresOf(rows),
      words: words.slice(0, 20),
    })),
    duplicate_groups: analysis.repetitions.map((group) => ({
      id: group.id,
      text: shorten(oneLine(group.rows[0]!.text), 160),
      rows: numbersOf(group.rows),
      kept_row: group.kept.row,
      categories: [...new Set(group.rows.map(({ category }) => category))],
      least_similarity: Math.round(group.least * 100) / 100,
      figures: analysis.figuresOf(group.rows),
      repeated: analysis.figuresOf([...group.duplicates, ...group.repeated]),
    })),
    hot_spots: hotSpots(analysis),
    rows: touched.map(({ row, micros }) => ({
      row,
      minutes: minutesOf(micros),
      signals: [...analysis.signals.get(row)!].map(([id, words]) => ({ id, words })),
      group: groupOf.get(row) ?? null,
    })),
  };
}

/** Friction index with the rows that make it up; null without minutes. */
export function frictionIndex({ work, signals }: Analysis): { value: number | null; rows: WorkedRow[] } {
  const rows = work.counted.filter(({ row }) => (signals.get(row)?.size ?? 0) > 0);
  return { rows, value: work.total === 0n ? null : share(sumMicros(rows), work.total) };
}

export function levelOf(index: number): 'low' | 'moderate' | 'high' | 'severe' {
  return index < 20 ? 'low' : index < 40 ? 'moderate' : index < 60 ? 'high' : 'severe';
}

/** Kinds of friction that occur, most minutes first. */
function signalsIn({ work, signals }: Analysis): Signal[] {
  return signalIds
    .map((id) => {
      const rows = work.counted.filter(({ row }) => signals.get(row)?.has(id));
      const counts = new Map<string, number>();
      for (const { row } of rows)
        for (const words of signals.get(row)!.get(id)!) counts.set(words, (counts.get(words) ?? 0) + 1);
      const words = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
      return { id, rows, words, micros: sumMicros(rows) };
    })
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => (a.micros === b.micros ? b.rows.length - a.rows.length : a.micros > b.micros ? -1 : 1));
}

/** Share of a kind of friction: that of the waste of the same name, where there is one. */
function shareOf(id: SignalId, rows: readonly WorkedRow[], analysis: Analysis): number {
  return analysis.wastes.find((waste) => waste.id === id)?.share ?? percentOf(rows, analysis);
}

/** Categories by the minutes of their rows with friction, most first. */
function hotSpots(analysis: Analysis): FrictionDeliverable['hot_spots'] {
  return analysis.categories
    .map((category) => {
      const rows = category.rows.filter(({ row }) => (analysis.signals.get(row)?.size ?? 0) > 0);
      const micros = sumMicros(rows);
      const by_signal: Record<string, number> = {};
      for (const { row } of rows)
        for (const id of analysis.signals.get(row)!.keys()) by_signal[id] = (by_signal[id] ?? 0) + 1;
      return { category, rows, micros, by_signal };
    })
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => (a.micros === b.micros ? 0 : a.micros > b.micros ? -1 : 1))
    .map(({ category, rows, micros, by_signal }) => ({
      category: category.name,
      rows: numbersOf(rows),
      minutes: minutesOf(micros),
      share_of_category: share(micros, category.micros),
      by_signal,
    }));
}

function findingsOf(analysis: Analysis, signals: readonly Signal[]): AuditFinding[] {
  const { say, format, language, work } = analysis;
  if (work.total === 0n) return findingsWithoutRows(analysis);
  const findings = signals.map(({ id, rows }) =>
    finding(
      analysis,
      `friction.${id}`,
      say(
        `${signalName(id, language)}: ${format.number(rows.length)} ${rows.length === 1 ? 'row' : 'rows'}, ${format.percent(shareOf(id, rows, analysis))} of the minutes.`,
        `${signalName(id, language)} : ${format.number(rows.length)} ${rows.length === 1 ? 'ligne' : 'lignes'}, ${format.percent(shareOf(id, rows, analysis))} des minutes.`,
      ),
      rows,
      analysis.wastes.find((waste) => waste.id === id)?.figures,
    ),
  );
  const across = analysis.repetitions.filter(
    ({ rows }) => new Set(rows.map(({ categoryKey }) => categoryKey)).size > 1,
  );
  if (across.length > 0)
    findings.push(
      finding(
        analysis,
        'friction.across_categories',
        say(
          `${format.number(across.length)} ${across.length === 1 ? 'group of near-duplicates spans' : 'groups of near-duplicates span'} several categories: the same work may be done in more than one place.`,
          `${format.number(across.length)} ${across.length === 1 ? 'groupe de quasi-doublons touche' : 'groupes de quasi-doublons touchent'} plusieurs catégories : le même travail est peut-être fait à plusieurs endroits.`,
        ),
        across.flatMap(({ rows }) => rows),
      ),
    );
  if (findings.length === 0)
    findings.push(
      finding(analysis, 'friction.none', say('No text shows friction.', 'Aucun texte ne fait état de friction.'), []),
    );
  return findings;
}
