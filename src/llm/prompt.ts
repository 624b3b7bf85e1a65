import type { Language } from '../../schemas/language';
import type { PromptRef } from '../../schemas/llm-call';

/** A prompt: a file for each language in `prompts/`. The processes that ask with them name them. */
export interface Prompt extends PromptRef {
  text: string;
}

/** Returns prompts by name and language. */
export type Prompts<Name extends string = string> = (name: Name, language: Language) => Prompt;

/** The part of a prompt that records keep. */
export const promptRef = ({ name, language, version, hash }: Prompt): PromptRef => ({
  name,
  language,
  version,
  hash,
});
