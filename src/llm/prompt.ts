import type { PromptRef } from '../../schemas/llm-call';

/** Names of all prompts; each has a file per language in `prompts/`. */
export const promptNames = ['audit.question', 'audit.wording', 'order.reply', 'order.structure'] as const;
export type PromptName = (typeof promptNames)[number];
export type PromptLanguage = PromptRef['language'];

export interface Prompt extends PromptRef {
  name: PromptName;
  text: string;
}

/** Returns prompts by name and language. */
export type Prompts = (name: PromptName, language: PromptLanguage) => Prompt;

/** The part of a prompt that records keep. */
export const promptRef = ({ name, language, hash }: Prompt): PromptRef => ({ name, language, hash });
