import type { Language } from '../../schemas/language';
import type { PromptRef } from '../../schemas/llm-call';

/** Every prompt that there is; each is a file for each language in `prompts/`. */
export const promptNames = ['audit.question', 'audit.wording', 'order.reply', 'order.structure'] as const;
export type PromptName = (typeof promptNames)[number];

export interface Prompt extends PromptRef {
  name: PromptName;
  text: string;
}

/** Gives prompts by name and language. */
export type Prompts = (name: PromptName, language: Language) => Prompt;

/** What stands in records of a prompt. */
export const promptRef = ({ name, language, hash }: Prompt): PromptRef => ({ name, language, hash });
