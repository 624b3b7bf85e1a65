import { Type, type Static } from 'typebox';
import { JsonObjectValue, JsonValue, type JsonObject } from '../../schemas/json';
import { fieldOf, isThere } from '../transform/fields';
import { numberOf } from '../transform/values';
import { fold, wordsOf } from './text';

/** Rules by which a text or records are checked. A criterion that rules cannot check is said to be unchecked. */

const Status = Type.Enum(['met', 'not_met', 'unchecked'], { description: '`unchecked`: rules cannot tell' });

const Words = Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: 200 });

export const TextCriteria = Type.Object(
  {
    must_include: Type.Optional(Words),
    must_not_include: Type.Optional(Words),
    min_words: Type.Optional(Type.Integer({ minimum: 0 })),
    max_words: Type.Optional(Type.Integer({ minimum: 0 })),
    no_placeholders: Type.Optional(
      Type.Boolean({ default: true, description: 'no TODO, [name], {{field}}, lorem ipsum; checked unless false' }),
    ),
    others: Type.Optional(Type.Unsafe<string[]>({ ...Words, description: 'in words; rules cannot check them' })),
  },
  { additionalProperties: false },
);

export const ReviewGiven = Type.Object({
  text: Type.String({ maxLength: 500_000 }),
  criteria: Type.Optional(TextCriteria),
});

const Finding = Type.Object({ criterion: Type.String(), status: Status, detail: Type.String() });
type Finding = Static<typeof Finding>;

const verdict = {
  accepted: Type.Boolean({ description: 'every criterion that could be checked is met' }),
  complete: Type.Boolean({ description: 'every criterion could be checked' }),
  findings: Type.Array(Finding),
};

export const Review = Type.Object({ ...verdict, words: Type.Integer({ minimum: 0 }) });
export type Review = Static<typeof Review>;

const PLACEHOLDER = /\b(?:TODO|TBD|FIXME|XXX)\b|lorem ipsum|\[[A-Za-zÀ-ÿ _-]{2,40}\](?!\()|\{\{[^}]*\}\}|<[A-Z_]{2,}>/;

/** Checks a text against criteria, and gives a finding for each. */
export function reviewText({ text, criteria = {} }: Static<typeof ReviewGiven>): Review {
  const {
    must_include = [],
    must_not_include = [],
    min_words,
    max_words,
    no_placeholders = true,
    others = [],
  } = criteria;
  const words = wordsOf(text).length;
  const folded = fold(text);
  const [placeholder] = PLACEHOLDER.exec(text) ?? [];
  const findings = [
    ...must_include.map((part) => {
      const there = folded.includes(fold(part));
      return findingOf(`must_include: ${part}`, there, there ? 'it is there' : 'it is not there');
    }),
    ...must_not_include.map((part) => {
      const at = folded.indexOf(fold(part));
      return findingOf(
        `must_not_include: ${part}`,
        at < 0,
        at < 0 ? 'it is not there' : `it is there, after ${at} characters`,
      );
    }),
    ...(min_words === undefined ? [] : [findingOf(`min_words: ${min_words}`, words >= min_words, `${words} words`)]),
    ...(max_words === undefined ? [] : [findingOf(`max_words: ${max_words}`, words <= max_words, `${words} words`)]),
    ...(no_placeholders
      ? [
          findingOf(
            'no_placeholders',
            placeholder === undefined,
            placeholder === undefined ? 'none' : `it has ${placeholder}`,
          ),
        ]
      : []),
    ...others.map((criterion): Finding => ({ criterion, status: 'unchecked', detail: 'rules cannot check it' })),
  ];
  return { ...verdictOf(findings), words };
}

export const RecordsGiven = Type.Object({
  records: Type.Array(JsonObjectValue, { maxItems: 100_000 }),
  rules: Type.Array(
    Type.Object(
      {
        field: Type.String({ minLength: 1, maxLength: 200 }),
        required: Type.Optional(Type.Boolean()),
        min: Type.Optional(Type.Number()),
        max: Type.Optional(Type.Number()),
        one_of: Type.Optional(Type.Array(JsonValue, { minItems: 1, maxItems: 1_000 })),
        unique: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 100 },
  ),
});
type RecordRule = Static<typeof RecordsGiven>['rules'][number];

export const RecordReview = Type.Object({
  ...verdict,
  records: Type.Integer({ minimum: 0 }),
  faults: Type.Array(Type.Object({ pointer: Type.String(), message: Type.String() }), {
    maxItems: 1_000,
    description: 'the first thousand, with their places in `records`',
  }),
});
export type RecordReview = Static<typeof RecordReview>;

const MOST_FAULTS = 1_000;

/** Checks each record against rules for its fields. */
export function reviewRecords({ records, rules }: Static<typeof RecordsGiven>): RecordReview {
  const found = rules.map((rule) => ({ rule, faults: faultsOf(records, rule) }));
  const findings = found.map(({ rule: { field, ...asked }, faults }) =>
    findingOf(
      `${field}: ${
        Object.entries(asked)
          .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
          .join(', ') || 'nothing asked'
      }`,
      faults.length === 0,
      faults.length === 0 ? `all of ${records.length}` : `${faults.length} faults in ${records.length} records`,
    ),
  );
  const faults = found.flatMap(({ faults: own }) => own).slice(0, MOST_FAULTS);
  return { ...verdictOf(findings), records: records.length, faults };
}

function faultsOf(records: readonly JsonObject[], rule: RecordRule): RecordReview['faults'] {
  const field = fieldOf(rule.field);
  const path = rule.field
    .split('.')
    .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
    .join('/');
  const seen = new Map<string, number>();
  return records.flatMap((record, at) => {
    const value = field(record);
    const wrong: string[] = [];
    if (!isThere(value) || value === '') {
      if (rule.required) wrong.push('it is missing');
    } else {
      const number = numberOf(value);
      if ((rule.min !== undefined || rule.max !== undefined) && number === undefined) wrong.push('it is no number');
      if (rule.min !== undefined && number !== undefined && number < rule.min)
        wrong.push(`it is less than ${rule.min}`);
      if (rule.max !== undefined && number !== undefined && number > rule.max)
        wrong.push(`it is more than ${rule.max}`);
      const text = JSON.stringify(value);
      if (rule.one_of && !rule.one_of.some((one) => JSON.stringify(one) === text))
        wrong.push('it is none of the allowed');
      const before = seen.get(text);
      if (rule.unique && before !== undefined) wrong.push(`record ${before} has the same`);
      if (before === undefined) seen.set(text, at);
    }
    return wrong.map((message) => ({ pointer: `/${at}/${path}`, message }));
  });
}

const findingOf = (criterion: string, met: boolean, detail: string): Finding => ({
  criterion,
  status: met ? 'met' : 'not_met',
  detail,
});

const verdictOf = (findings: Finding[]) => ({
  accepted: findings.every(({ status }) => status !== 'not_met'),
  complete: findings.every(({ status }) => status !== 'unchecked'),
  findings,
});
