import { Type, type Static } from 'typebox';
import { domainOf, Lead, leadMembers, leadOf } from './lead';
import { amountOf, fold } from './text';

/** Rules by which leads are scored: what is known gives points, each with its reason; what is unknown gives none. */

export const QualifyGiven = Type.Object({
  ...leadMembers,
  priority: Type.Optional(Type.Enum(['low', 'normal', 'high'])),
  threshold: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 60, description: 'points to qualify' })),
  minimum_budget: Type.Optional(Type.Number({ exclusiveMinimum: 0, default: 5_000 })),
});
export type QualifyGiven = Static<typeof QualifyGiven>;

const Criterion = Type.Object({
  criterion: Type.String(),
  points: Type.Integer({ minimum: 0 }),
  most: Type.Integer({ minimum: 1 }),
  known: Type.Boolean({ description: 'false: the lead says nothing about it' }),
  reason: Type.String(),
});
type Criterion = Static<typeof Criterion>;

const verdict = {
  score: Type.Integer({ minimum: 0, maximum: 100, description: 'sum of the points' }),
  grade: Type.Enum(['hot', 'warm', 'cold']),
  decision: Type.Enum(['qualified', 'not_qualified', 'more_needed'], {
    description: '`more_needed`: what is unknown could still decide it',
  }),
  qualified: Type.Boolean({ description: 'true if the score reaches the threshold' }),
  missing: Type.Array(Type.String(), { description: 'criteria about which nothing is known' }),
};

export const Qualification = Type.Object({
  lead: Lead,
  ...verdict,
  threshold: Type.Integer(),
  criteria: Type.Array(Criterion),
  next_step: Type.String(),
});
export type Qualification = Static<typeof Qualification>;

/** What a criterion finds: points with a reason, or nothing known. */
type Finding = { points: number; reason: string } | { unknown: string };

const DECIDES =
  /\b(ceo|cto|cfo|coo|cmo|cio|founder|co-?founder|owner|president|chief|director|vp|vice president|head of|managing|partner|pdg|dg|directeur|directrice|gerante?|fondat\w+|president\w*|proprietaire|geschaftsfuhrer\w*)\b/;
const ADVISES = /\b(manager|lead|senior|principal|responsable|chef|cheffe|leiter\w*)\b/;
const BUYS =
  /\b(quote|quotation|price|pricing|demo|trial|buy|purchase|order|proposal|offer|contract|devis|tarifs?|prix|essai|acheter|achat|commande\w*|offre|proposition|contrat)\b/;
const SOON =
  /\b(now|asap|immediate\w*|urgent\w*|today|this (week|month|quarter)|next (week|month)|maintenant|immediat\w*|aujourd'hui|ce (mois|trimestre)|cette semaine|(la semaine|le mois) prochaine?)\b/;
const LATER = /\b(this year|next quarter|cette annee|(le )?prochain trimestre)\b/;

function contact({ email, name, phone }: Lead): Finding {
  const domain = domainOf(email);
  if (!domain && phone === undefined && name === undefined) return { unknown: 'no address, phone or name' };
  const parts = [
    domain
      ? domain.own
        ? ([12, `an address at ${domain.domain}`] as const)
        : ([4, 'a private address'] as const)
      : undefined,
    phone === undefined ? undefined : ([4, 'a phone number'] as const),
    name === undefined ? undefined : ([4, 'a name'] as const),
  ].filter((part) => part !== undefined);
  return {
    points: parts.reduce((sum, [points]) => sum + points, 0),
    reason: parts.map(([, what]) => what).join(', ') || 'no usable address',
  };
}

function role({ title }: Lead): Finding {
  if (title === undefined) return { unknown: 'no title' };
  const folded = fold(title);
  if (DECIDES.test(folded)) return { points: 15, reason: `"${title}" decides` };
  if (ADVISES.test(folded)) return { points: 10, reason: `"${title}" has a say` };
  return { points: 5, reason: `"${title}" is not known to decide` };
}

function company({ company: name, employees }: Lead): Finding {
  const size = amountOf(employees);
  if (name === undefined && size === undefined) return { unknown: 'no company' };
  const named = name === undefined ? 0 : 5;
  if (size === undefined) return { points: named, reason: 'a company of unknown size' };
  const points = size >= 200 ? 10 : size >= 50 ? 8 : size >= 10 ? 5 : 2;
  return { points: named + points, reason: `${name ?? 'a company'} with ${size} employees` };
}

function budget({ budget: stated }: Lead, least: number): Finding {
  const amount = amountOf(stated);
  if (amount === undefined) return { unknown: 'no budget' };
  if (amount >= least) return { points: 20, reason: `a budget of ${amount}, and ${least} is enough` };
  if (amount >= least / 2) return { points: 10, reason: `a budget of ${amount}, at least half of ${least}` };
  return { points: 3, reason: `a budget of ${amount}, less than half of ${least}` };
}

function need({ message }: Lead): Finding {
  if (message === undefined) return { unknown: 'no message' };
  const [word] = BUYS.exec(fold(message)) ?? [];
  if (word !== undefined) return { points: 15, reason: `the message speaks of "${word}"` };
  return { points: 5, reason: 'the message does not speak of buying' };
}

function timing({ timeline, message }: Lead): Finding {
  const said = fold(timeline ?? message ?? '');
  const [, count = '', unit = ''] =
    /\b(\d{1,3})\s*(day|week|month|year|jour|semaine|mois|an)/.exec(fold(timeline ?? '')) ?? [];
  const days = unit === '' ? undefined : Number(count) * (DAYS[unit] ?? 365);
  if (days !== undefined ? days <= 92 : SOON.test(said)) return { points: 15, reason: 'wanted within three months' };
  if (days !== undefined ? days <= 366 : LATER.test(said)) return { points: 8, reason: 'wanted within a year' };
  if (timeline === undefined) return { unknown: 'no time' };
  return days === undefined
    ? { points: 3, reason: `"${timeline}" is no time that is understood` }
    : { points: 3, reason: 'wanted in more than a year' };
}

const DAYS: { [unit: string]: number } = { day: 1, jour: 1, week: 7, semaine: 7, month: 30.5, mois: 30.5 };

/** Scores a lead. Pure: the same lead gets the same score. */
export function qualifyLead(given: QualifyGiven): Qualification {
  const lead = leadOf(given);
  const { threshold = 60, minimum_budget = 5_000, priority = 'normal' } = given;
  const criteria = [
    criterionOf('contact', 20, contact(lead)),
    criterionOf('role', 15, role(lead)),
    criterionOf('company', 15, company(lead)),
    criterionOf('budget', 20, budget(lead, minimum_budget)),
    criterionOf('need', 15, need(lead)),
    criterionOf('timing', 15, timing(lead)),
  ];
  const score = criteria.reduce((sum, { points }) => sum + points, 0);
  const unknown = criteria.filter(({ known }) => !known);
  const possible = score + unknown.reduce((sum, { most }) => sum + most, 0);
  const decision = score >= threshold ? 'qualified' : possible >= threshold ? 'more_needed' : 'not_qualified';
  const missing = unknown.map(({ criterion }) => criterion);
  return {
    ...{ lead, score, threshold, decision, missing, criteria },
    qualified: decision === 'qualified',
    grade: score >= 75 ? 'hot' : score >= 50 ? 'warm' : 'cold',
    next_step: nextStep(decision, missing, priority),
  };
}

function criterionOf(criterion: string, most: number, found: Finding): Criterion {
  if ('unknown' in found) return { criterion, points: 0, most, known: false, reason: found.unknown };
  return { criterion, points: Math.min(most, found.points), most, known: true, reason: found.reason };
}

const WITHIN = { high: 'today', normal: 'within two working days', low: 'within a week' };

function nextStep(decision: Qualification['decision'], missing: string[], priority: keyof typeof WITHIN): string {
  const within = WITHIN[priority];
  if (decision === 'qualified') return `Contact the lead ${within}.`;
  if (decision === 'more_needed') return `Ask ${within} about: ${missing.join(', ')}.`;
  return 'Keep the lead for the newsletter; it does not qualify now.';
}

export const RankGiven = Type.Object({
  leads: Type.Array(Lead, { maxItems: 10_000 }),
  ...{ threshold: QualifyGiven.properties.threshold, minimum_budget: QualifyGiven.properties.minimum_budget },
});

export const Ranking = Type.Object({
  ranked: Type.Array(
    Type.Object({
      place: Type.Integer({ minimum: 1 }),
      index: Type.Integer({ minimum: 0, description: 'in the list as it came' }),
      lead: Lead,
      ...verdict,
    }),
  ),
  qualified_count: Type.Integer({ minimum: 0 }),
});
export type Ranking = Static<typeof Ranking>;

/** Leads by their scores, the best first; equal ones in the order in which they came. */
export function rankLeads({ leads, ...bar }: Static<typeof RankGiven>): Ranking {
  const scored = leads.map((lead, index) => ({ index, ...qualifyLead({ ...bar, lead }) }));
  const ranked = scored
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ index, lead, score, grade, decision, qualified, missing }, at) => ({
      place: at + 1,
      ...{ index, lead, score, grade, decision, qualified, missing },
    }));
  return { ranked, qualified_count: ranked.filter(({ qualified }) => qualified).length };
}
