/** The eight wastes of Lean in office work. The order settles what evidence leaves even. */
export const wastes = [
  'rework',
  'waiting',
  'handover',
  'motion',
  'overprocessing',
  'overproduction',
  'backlog',
  'unused_skill',
] as const;
export type Waste = (typeof wastes)[number];

/** What shows friction beside waste: signs in the texts. */
export const signs = ['interruption', 'bouncing'] as const;
export type Sign = (typeof signs)[number];

export type Topic = Waste | Sign;
export type Lexicon = Record<Topic, string>;
