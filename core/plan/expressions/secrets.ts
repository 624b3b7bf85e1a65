import { shorten, type Problem } from './errors';
import type { Compiled } from './syntax';

/** The root under which secrets stand: `${{ secrets.NAME }}`, by itself or within a text. */
export const SECRETS = 'secrets';

const NAME = /^[A-Z][A-Z0-9_]{0,63}$/;

/** Name of the secret that an expression consists of; undefined if it is anything else, or more. */
export function secretOf({ node }: Compiled): string | undefined {
  if (node.kind !== 'field' || node.optional || node.of.kind !== 'root' || node.of.name !== SECRETS) return undefined;
  return NAME.test(node.key) ? node.key : undefined;
}

export function secretProblem(source: string): Problem {
  return {
    code: 'expression.forbidden',
    what: 'A secret is named, and nothing is computed from it',
    mend: 'Write ${{ secrets.NAME }}, by itself or within a text; names are A to Z, 0 to 9 and _',
    expression: shorten(source),
  };
}
