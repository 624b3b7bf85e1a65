import type { Step } from '../../schemas/plan';

/** Rounds of a step: the first answer and two repairs. */
export const ROUNDS = 3;

/**
 * A step that asks a model the question made by the step `question` (`{question: Ref | null}`; null asks nothing): an
 * answer and at most two repairs, each an activity of its own. If it fails, is skipped or takes over five minutes, the
 * run goes on without.
 */
export function wordingStep(id: string, question: string, name: string): Step {
  return {
    id,
    name: name.slice(0, 200),
    kind: 'tool',
    uses: 'llm.structured',
    with: { question: `\${{ steps.${question}.output.question }}` },
    depends_on: [question],
    when: `steps.${question}.status == "completed" && steps.${question}.output.question != null`,
    until: { check: 'llm.check', with: { answer: `\${{ steps.${id}.output }}` }, rounds: ROUNDS, otherwise: 'fail' },
    on_error: 'continue',
    timeout: '5m',
  };
}
