import type { Language } from '../../schemas/language';
import type { PromptRef } from '../../schemas/llm-call';

/** Each is a file for each language in `prompts/`; which there are, the processes say that ask with them. */
export interface Prompt extends PromptRef {
  text: string;
}

/** Gives prompts by name and language. */
export type Prompts<Name extends string = string> = (name: Name, language: Language) => Prompt;

/** What stands in records of a prompt. */
export const promptRef = ({ name, language, hash }: Prompt): PromptRef => ({ name, language, hash });
