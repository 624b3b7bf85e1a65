import { Type, type Static } from 'typebox';
import { domainOf, Lead, leadMembers, leadOf } from './lead';
import { fold, sentencesOf, subjectWords } from './text';

/** Rules by which facts are found: in what was given, and nowhere else. What is not there is said to be unknown. */

const Source = Type.Object({ name: Type.String({ maxLength: 300 }), text: Type.String({ maxLength: 200_000 }) });
type Source = Static<typeof Source>;
const Sources = Type.Array(Source, { maxItems: 100, description: 'texts to look into' });

export const EnrichGiven = Type.Object({ ...leadMembers, sources: Type.Optional(Sources) });

const fields = ['company', 'website', 'country', 'industry', 'employees', 'email', 'phone'] as const;
type FieldName = (typeof fields)[number];

const Fact = Type.Object({
  field: Type.Enum([...fields]),
  value: Type.String(),
  source: Type.String({ description: 'where it stands, or what it follows from' }),
  how: Type.Enum(['given', 'read', 'derived'], {
    description: '`given`: by the lead; `read`: in a source; `derived`: it follows, and may be wrong',
  }),
});
type Fact = Static<typeof Fact>;

export const Enrichment = Type.Object({
  lead: Lead,
  facts: Type.Array(Fact),
  unknown: Type.Array(Type.Enum([...fields]), { description: 'fields about which nothing was found' }),
  conflicts: Type.Array(Type.Object({ field: Type.Enum([...fields]), values: Type.Array(Type.String()) })),
});
export type Enrichment = Static<typeof Enrichment>;

const BY_PHONE: [string, string][] = [
  ['+33', 'France'],
  ['+32', 'Belgium'],
  ['+41', 'Switzerland'],
  ['+44', 'United Kingdom'],
  ['+49', 'Germany'],
  ['+43', 'Austria'],
  ['+31', 'Netherlands'],
  ['+34', 'Spain'],
  ['+39', 'Italy'],
  ['+352', 'Luxembourg'],
];
const BY_DOMAIN: { [ending: string]: string } = {
  fr: 'France',
  be: 'Belgium',
  ch: 'Switzerland',
  uk: 'United Kingdom',
  de: 'Germany',
  at: 'Austria',
  nl: 'Netherlands',
  es: 'Spain',
  it: 'Italy',
  lu: 'Luxembourg',
};

/** Completes a lead with what its own members and the sources say. */
export function enrichLead(given: Static<typeof EnrichGiven>): Enrichment {
  const lead = leadOf(given);
  const facts = [...statedBy(lead), ...readFrom(given.sources ?? [], lead), ...derivedFrom(lead)];
  const of = (name: FieldName) => facts.filter(({ field }) => field === name);
  const found = fields.flatMap((name) => of(name).slice(0, 1));
  const conflicts = fields.flatMap((field) => {
    const values = [...new Map(of(field).map(({ value }) => [fold(value), value])).values()];
    return values.length > 1 ? [{ field, values }] : [];
  });
  return {
    lead: { ...Object.fromEntries(found.map(({ field, value }) => [field, value])), ...lead },
    facts,
    unknown: fields.filter((name) => of(name).length === 0),
    conflicts,
  };
}

const statedBy = (lead: Lead): Fact[] =>
  fields.flatMap((field): Fact[] => {
    const value = lead[field];
    return value === undefined ? [] : [{ field, value: String(value), source: 'the lead', how: 'given' }];
  });

const EMPLOYEES =
  /(\d{1,3}(?:[ ,.’'\u00a0\u202f]\d{3})+|\d+)\s+(?:employees|people|staff|salariés|employés|collaborateurs|personnes)/i;
const EMAIL = /[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/;
const PHONE = /\+\d{2,3}[ \d.()-]{7,16}\d/;
const SITE = /https?:\/\/[^\s)>\]"',;]+/;

/** Facts in the sentences that name the lead's company; a sentence about another is no source. */
function readFrom(sources: readonly Source[], { company }: Lead): Fact[] {
  if (company === undefined) return [];
  const wanted = fold(company);
  return sources.flatMap(({ name, text }) => {
    const sentences = sentencesOf(text).filter((sentence) => fold(sentence).includes(wanted));
    return sentences.flatMap((sentence) => {
      const read = (field: FieldName, value: string | undefined): Fact[] =>
        value === undefined ? [] : [{ field, value, source: `${name}: "${sentence.slice(0, 300)}"`, how: 'read' }];
      return [
        ...read('employees', EMPLOYEES.exec(sentence)?.[1]?.replaceAll(/\D/g, '')),
        ...read('email', EMAIL.exec(sentence)?.[0]),
        ...read('phone', PHONE.exec(sentence)?.[0]),
        ...read('website', SITE.exec(sentence)?.[0]),
      ];
    });
  });
}

function derivedFrom({ email, phone }: Lead): Fact[] {
  const domain = domainOf(email);
  const ending = domain?.domain.split('.').at(-1) ?? '';
  const [prefix, byPhone] = BY_PHONE.find(([start]) => phone?.replaceAll(' ', '').startsWith(start)) ?? [];
  const byDomain = domain?.own ? BY_DOMAIN[ending] : undefined;
  const derived = (field: FieldName, value: string | undefined, source: string): Fact[] =>
    value === undefined ? [] : [{ field, value, source, how: 'derived' }];
  return [
    ...derived('website', domain?.own ? `https://${domain.domain}` : undefined, 'the domain of the address'),
    ...derived('country', byPhone, `the prefix ${prefix ?? ''} of the phone number`),
    ...derived('country', byDomain, `the ending .${ending} of the address`),
  ];
}

export const AnswerGiven = Type.Object({
  question: Type.String({ minLength: 1, maxLength: 2_000 }),
  sources: Sources,
  quotes: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 3, description: 'the most sentences' })),
});

export const Answer = Type.Object({
  answered: Type.Boolean(),
  quotes: Type.Array(
    Type.Object({
      source: Type.String(),
      text: Type.String({ description: 'a sentence as it stands' }),
      shares: Type.Array(Type.String(), { description: 'words of the question that it has' }),
    }),
  ),
  unknown: Type.Array(Type.String(), { description: 'words of the question that no quoted sentence has' }),
});
export type Answer = Static<typeof Answer>;

/** Quotes the sentences that share most words with the question, at least half of them; without one, nothing is known. */
export function answerQuestion({ question, sources, quotes: most = 3 }: Static<typeof AnswerGiven>): Answer {
  const asked = [...subjectWords(question)];
  const found = sources
    .flatMap(({ name, text }) => sentencesOf(text).map((sentence) => ({ source: name, text: sentence })))
    .map((one) => {
      const words = [...subjectWords(one.text)];
      return { ...one, shares: asked.filter((word) => words.some((other) => isSame(word, other))) };
    })
    .filter(({ shares }) => shares.length > 0 && shares.length >= asked.length / 2);
  const quotes = found.sort((a, b) => b.shares.length - a.shares.length).slice(0, most);
  const known = new Set(quotes.flatMap(({ shares }) => shares));
  return { answered: quotes.length > 0, quotes, unknown: asked.filter((word) => !known.has(word)) };
}

/** The same word, or one that begins with the other, as `invoice` and `invoices`. */
const isSame = (a: string, b: string): boolean =>
  a === b || (Math.min(a.length, b.length) > 4 && (a.startsWith(b) || b.startsWith(a)));
