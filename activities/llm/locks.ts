import { promptKey } from '../../core/prompt';
import type { PromptRef } from '../../schemas/llm-call';
import type { Locks } from '../../schemas/terms';
import type { ErrorClass } from '../../schemas/tool';
import type { Question, Said } from '../../src/llm/client';
import { ToolError } from '../tools/errors';

/** Broken locks of a run by models, and the class of each. */
export const lockErrors = { 'lock.model': 'policy', 'lock.prompt': 'policy' } as const satisfies Record<
  string,
  ErrorClass
>;

/** @throws ToolError `lock.prompt` where the run has asked with another text of this prompt before */
export function assertPrompt(locks: Locks | undefined, prompt: PromptRef): void {
  const locked = locks?.prompts?.[promptKey(prompt)];
  if (locked === undefined || locked === prompt.hash) return;
  throw lockError(
    'lock.prompt',
    `the run is bound to the prompt ${promptKey(prompt)} of ${short(locked)}; this worker has ${short(prompt.hash)}`,
  );
}

/** @throws ToolError `lock.model` where another model than the run's has answered */
export function assertModel(locks: Locks | undefined, { model }: Pick<Said, 'model'>): void {
  const locked = locks?.model_version ?? locks?.answered;
  if (locked === undefined || locked === model) return;
  throw lockError('lock.model', `the run is bound to the model ${locked}, but ${model} has answered`);
}

/** What a question says by the locks of its run. */
export function lockedQuestion({ model_version: model, seed, temperature }: Locks = {}): Partial<Question> {
  return {
    ...(model === undefined ? {} : { model }),
    ...(seed === undefined ? {} : { seed }),
    ...(temperature === undefined ? {} : { temperature }),
  };
}

const lockError = (type: keyof typeof lockErrors, message: string): ToolError =>
  new ToolError({ class: lockErrors[type], type, message });

const short = (hash: string): string => hash.slice(0, 'sha256:'.length + 12);
