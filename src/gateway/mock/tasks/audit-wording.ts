import type { Language } from '../../../../schemas/language';
import type { JsonObject } from '../../../../schemas/json';
import { checkQuestions } from '../../../llm/questions';
import { lastUserText, type Rule } from '../rule';

interface Asked extends JsonObject {
  language: Language;
  headline: string;
  recommendation: string;
  causes: { id: string; name: string; weight: number | null }[];
}

/**
 * Wording of an audit, by rule: sentences that begin with a capital and end with a full stop; among causes of the same
 * weight the shorter name first, as it is grasped sooner; a question about each cause by its name, unless the name may
 * not be asked about. It adds nothing, and a repair gets the same answer again.
 */
export const auditWording: Rule = ({ messages }) => {
  const asked = questionIn(messages.flatMap((message) => (message.role === 'user' ? [lastUserText([message])] : [])));
  const { language, headline, recommendation, causes } = asked;
  const order = causes
    .map(({ id, name, weight }, i) => ({ id, name, first: causes.findIndex((one) => one.weight === weight), i }))
    .sort((a, b) => a.first - b.first || a.name.length - b.name.length || a.i - b.i)
    .map(({ id }) => id);
  const questions = causes
    .flatMap(({ name }, i) => open[language][i]?.(name) ?? [])
    .filter((words) => checkQuestions([words], language).length === 0);
  return { headline: sentence(headline), recommendation: sentence(recommendation), order, questions };
};

/** Questions that rows leave open, a different one for each of three causes. */
const open = {
  en: [
    (name: string) => `Who asks for the work of “${name}”, and what would happen without it?`,
    (name: string) => `Why does the work of “${name}” come back, and who could stop it at its source?`,
    (name: string) => `What would have to change for the work of “${name}” to be no longer needed?`,
  ],
  fr: [
    (name: string) => `Qui demande le travail de « ${name} », et que se passerait-il sans lui ?`,
    (name: string) => `Pourquoi le travail de « ${name} » revient-il, et qui peut l’éviter à la source ?`,
    (name: string) => `Que faudrait-il changer pour que le travail de « ${name} » ne soit plus nécessaire ?`,
  ],
};

function questionIn(texts: readonly string[]): Asked {
  const asked = JSON.parse(texts[0] ?? '{}') as Partial<Asked>;
  const { language = 'en', headline = '', recommendation = '', causes = [] } = asked;
  return { language, headline, recommendation, causes };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return trimmed;
  const begun = trimmed.charAt(0).toLocaleUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
