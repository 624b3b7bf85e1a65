import type { PlannedStep } from './steps';
import type { Draft } from './draft';

/** What a step writes of an answer, by itself: its file, or the body of its element. */
const ANSWER = /^\$\{\{ steps\.(\w+)\.output\.(?:file|items\[index\]\.(?:body|file)) \}\}$/;

/**
 * Has requests write their answers themselves where a step after them did nothing else. A step that waits for something
 * besides the request, and an answer that is read elsewhere, stay as they are.
 */
export function keepAnswers(draft: Draft): void {
  for (const write of [...draft.steps.all]) {
    const asked = requestOf(draft, write);
    if (!asked?.with) continue;
    const { response: _, ...rest } = asked.with;
    asked.with = { ...rest, save_as: write.with?.['path'] ?? '' };
    draft.steps.remove(write.id);
    for (const step of draft.steps.all)
      if (step.depends_on?.includes(write.id) === true)
        step.depends_on = [...new Set(step.depends_on.map((id) => (id === write.id ? asked.id : id)))];
    for (const [name, { step }] of draft.results)
      if (step === write.id) draft.results.set(name, { step: asked.id, path: 'file' });
    for (const made of draft.made) if (made.step === write.id) made.step = asked.id;
  }
}

function requestOf(draft: Draft, write: PlannedStep): PlannedStep | undefined {
  const { with: args, uses, depends_on, when, for_each } = write;
  if (uses !== 'file.write' || depends_on !== undefined || args?.['mode'] !== undefined) return undefined;
  const content = args?.['artifact'] ?? args?.['json'] ?? args?.['text'];
  const id = typeof content === 'string' ? ANSWER.exec(content)?.[1] : undefined;
  const asked = id === undefined ? undefined : draft.steps.get(id);
  if (asked?.uses !== 'http.request' || asked.with?.['paging'] !== undefined || asked.until !== undefined)
    return undefined;
  if (asked.when !== when || asked.for_each !== for_each) return undefined;
  const isRead = draft.steps.all.some(
    (step) => (step !== write && draft.steps.needsOf(step).includes(asked.id)) || readsOutput(step, write.id),
  );
  return isRead ? undefined : asked;
}

const readsOutput = (step: PlannedStep, id: string): boolean =>
  JSON.stringify([step.with, step.when, step.for_each, step.until]).includes(`steps.${id}.`);
