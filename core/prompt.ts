import type { PromptRef } from '../schemas/llm-call';

/** The name of a prompt in one language. */
export const promptKey = ({ name, language }: Pick<PromptRef, 'name' | 'language'>): string => `${name}.${language}`;
