import { parseText } from '../../../core/plan/expressions';
import type { CriticFinding } from '../../../schemas/job/critic';
import type { Json } from '../../../schemas/json';
import { hasSecret } from '../../redact';
import type { Rule } from './review';

/** Fields that hold secrets, by the end of their names. */
const SECRET_FIELD =
  /(^|[_-])(password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|authorization|credentials?|private[_-]?key|cookie)$/i;

/** Stands for an expression in a text: a sign that ends whatever might be a secret. */
const EXPRESSION = ';/';

/** Secrets, and what looks like them, in literal arguments: they would stand in plans, events and records. */
export const secretInArguments: Rule = ({ plan }) =>
  plan.steps.flatMap((step) => {
    const found = [
      ...secretsIn(step.with ?? {}, '/with'),
      ...secretsIn(step.until?.with ?? {}, '/until/with'),
      ...secretsIn(step.approval ?? {}, '/approval'),
      ...secretsIn(step.name ?? null, '/name'),
    ];
    return found.map(({ pointer, certain }): CriticFinding => ({
      code: 'critic.secret_in_arguments',
      step_id: step.id,
      severity: certain ? 'error' : 'warning',
      message: `"${step.id}" holds what looks like a secret, at ${pointer}`,
      fix: 'set it as AWE_SECRET_<NAME>, and write ${{ secrets.NAME }} in its place',
    }));
  });

/** Places that look like secrets. The value itself is never repeated. */
function secretsIn(value: Json, pointer: string, field = ''): { pointer: string; certain: boolean }[] {
  if (typeof value === 'string') {
    const certain =
      looksSecret(value) || (SECRET_FIELD.test(field) && literalOf(value).length >= 4 && !value.includes('${{'));
    return certain || looksRandom(value) ? [{ pointer, certain }] : [];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, member]) =>
    secretsIn(member, `${pointer}/${name}`, Array.isArray(value) ? field : name),
  );
}

function looksSecret(text: string): boolean {
  const literal = literalOf(text);
  const quoted = parseText(text).parts.flatMap((part) => (typeof part === 'string' ? [] : textsIn(part.source)));
  return [literal, ...quoted].some(hasSecret);
}

const literalOf = (text: string): string =>
  parseText(text)
    .parts.map((part) => (typeof part === 'string' ? part : EXPRESSION))
    .join('');

/** Texts that stand in an expression. */
const textsIn = (source: string): string[] =>
  [...source.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, a, b]) => a ?? b ?? '');

/** A long word in which capitals, small letters and digits are mixed as no name has them. */
const looksRandom = (text: string): boolean =>
  /^[A-Za-z0-9+/_-]{32,200}={0,2}$/.test(text) &&
  /[a-z]/.test(text) &&
  /[A-Z]/.test(text) &&
  (text.match(/[A-Za-z]\d|\d[A-Za-z]/g) ?? []).length >= 5;
