/** The eight wastes of Lean in office work. Their order decides between equal evidence. */
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

/** Signs of friction in texts, besides waste. */
export const signs = ['interruption', 'bouncing'] as const;
export type Sign = (typeof signs)[number];

export type Topic = Waste | Sign;
export type Lexicon = Record<Topic, string>;
