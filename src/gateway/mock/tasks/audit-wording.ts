import type { JsonObject } from '../../../../schemas/json';
import { lastUserText, type Rule } from '../rule';

interface Asked extends JsonObject {
  headline: string;
  recommendation: string;
  causes: { id: string; name: string; weight: number | null }[];
}

/**
 * Words of an audit, by rule: sentences that begin with a capital and end with a full stop; among causes of the same
 * weight the one with the shorter name first, because what is named in fewer words is grasped sooner. It adds nothing.
 * What it was told last counts: in a repair it gives the same again.
 */
export const auditWording: Rule = ({ messages }) => {
  const asked = questionIn(messages.flatMap((message) => (message.role === 'user' ? [lastUserText([message])] : [])));
  const { headline, recommendation, causes } = asked;
  const order = causes
    .map(({ id, name, weight }, i) => ({ id, name, first: causes.findIndex((one) => one.weight === weight), i }))
    .sort((a, b) => a.first - b.first || a.name.length - b.name.length || a.i - b.i)
    .map(({ id }) => id);
  return { headline: sentence(headline), recommendation: sentence(recommendation), order };
};

function questionIn(texts: readonly string[]): Asked {
  const asked = JSON.parse(texts[0] ?? '{}') as Partial<Asked>;
  return { headline: asked.headline ?? '', recommendation: asked.recommendation ?? '', causes: asked.causes ?? [] };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return trimmed;
  const begun = trimmed.charAt(0).toLocaleUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
