import type { Language } from '../../../../schemas/language';
import { checkQuestion, ROWS_WORDS } from '../../../llm/questions';
import { textOf, type Rule } from '../rule';

/**
 * The question for the rows of a request, by rule: which work it means, who does it and how it comes in, with the
 * request quoted if it may be. It adds nothing.
 */
export const auditQuestion: Rule = ({ messages }) => {
  const asked = messages.find(({ role }) => role === 'user');
  const { language = 'en', request = '' } = JSON.parse(asked ? textOf(asked) : '{}') as {
    language?: Language;
    request?: string;
  };
  const quoted = request.trim().slice(0, 120).toWellFormed();
  const passes = (words: string) => checkQuestion(words, { language, ...ROWS_WORDS }).length === 0;
  const withRequest = asking[language](quoted);
  return { question: quoted !== '' && passes(withRequest) ? withRequest : plain[language] };
};

const asking = {
  en: (request: string) => `You asked for “${request}”. Which work is meant, who does it, and how does it come in?`,
  fr: (request: string) =>
    `Vous avez demandé « ${request} ». De quel travail s’agit-il, qui le fait, et comment arrive-t-il ?`,
};

const plain = {
  en: 'Which work is meant, who does it, and how does it come in?',
  fr: 'De quel travail s’agit-il, qui le fait, et comment arrive-t-il ?',
};
