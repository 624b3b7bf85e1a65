/** Judges what a planner answers to a goal. */
import { checkTypedPlan } from '../../../src/plans/check';
import type { ToolCatalogue } from '../../../core/plan/catalogue';
import type { Planned } from '../../../src/job/planner';
import type { Entry } from './contract';
import { fit } from './fit';
import type { Fault, Fit } from './roles';
import { Graph } from './graph';

export interface Verdict {
  entry: Entry;
  /** sound goals: `right`, `wrong`, or refused needlessly; of the others: how well the part is named, or `planned` */
  outcome: 'right' | 'wrong' | 'invalid' | 'needless' | 'named' | 'half' | 'planned';
  /** the plan would run, is not right, and no note speaks of the point */
  silent: boolean;
  /** of a refusal: every word that it names belongs to the part */
  within: boolean;
  faults: string[];
  fit?: Fit;
  answer: Planned;
  ms: number;
}

export function judge(entry: Entry, answer: Planned, catalogue: ToolCatalogue, ms = 0): Verdict {
  const refuses = 'refuse' in entry.expect;
  const none = { entry, answer, ms, silent: false, within: false, faults: [] };
  if ('refused' in answer) {
    const faults = answer.refused.map(({ part, message }) => `"${part}": ${message}`);
    return refuses
      ? {
          ...none,
          faults,
          ...judgeRefusal(
            entry,
            answer.refused.map(({ part }) => part),
          ),
        }
      : { ...none, faults, outcome: 'needless' };
  }
  const checked = checkTypedPlan(answer.plan, catalogue, { input: entry.context });
  if ('faults' in checked) {
    const faults = checked.faults.map(({ pointer, message }) => `${pointer}: ${message}`);
    return { ...none, faults, outcome: refuses ? 'planned' : 'invalid' };
  }
  if ('refuse' in entry.expect) {
    const { refuse } = entry.expect;
    const faults = [`planned, although "${refuse}" cannot be`];
    return { ...none, faults, outcome: 'planned', silent: !speaksOf(answer.notes, refuse, entry.goal) };
  }
  const found = fit(entry, new Graph(checked));
  const silent = found.faults.some(({ message }) => !speaksOf(answer.notes, message, entry.goal));
  const faults = found.faults.map((fault) => render(fault));
  return { ...none, faults, fit: found, silent, outcome: found.faults.length === 0 ? 'right' : 'wrong' };
}

const render = ({ kind, at, message }: Fault): string => `${kind} ${at}: ${message}`;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

/** True if the notes quote words of the goal that the point is about. */
function speaksOf(notes: readonly string[], point: string, goal: string): boolean {
  const about = new Set(wordsOf(point).filter((word) => word.length > 3));
  return notes.some((note) =>
    [...note.matchAll(/"([^"]+)"/g)].some(
      ([, quoted = '']) => goal.includes(quoted) && wordsOf(quoted).some((word) => about.has(word)),
    ),
  );
}

/**
 * Holds the named parts against the one that cannot be planned: at least half of its words are named, and at least
 * half of the named words are its own.
 */
function judgeRefusal({ expect }: Entry, named: readonly string[]): Pick<Verdict, 'outcome' | 'within'> {
  if (!('refuse' in expect)) return { outcome: 'half', within: false };
  const wanted = [expect.refuse, ...(expect.refuse_also_right ?? [])].map(wordsOf);
  const shares = wanted.flatMap((part) =>
    named.map(wordsOf).map((words): [number, number] => [shareOf(part, words), shareOf(words, part)]),
  );
  const isNamed = shares.some(([ofPart, ofWords]) => ofPart >= 0.5 && ofWords >= 0.5);
  return { outcome: isNamed ? 'named' : 'half', within: shares.some(([, ofWords]) => ofWords === 1) };
}

const shareOf = (words: readonly string[], among: readonly string[]): number =>
  words.length === 0 ? 0 : words.filter((word) => among.includes(word)).length / words.length;
