import { Context } from '@temporalio/activity';
import type { DrawnPlan } from '../../schemas/job/run';
import type { Value } from '../../schemas/refs';
import { canonicalJson } from '../../src/documents/json';
import { REQUEST, type Recordings } from '../../src/recordings/recordings';
import { isKept } from '../../schemas/terms';
import { keptAnswer } from '../recording/answers';
import type { Drafter, DraftRequest } from './draft';

/** A drafter whose plans are kept where the job is recorded, and taken from the recording in its replay. */
export function withKeptDrafts(drafter: Drafter, recordings: Recordings): Drafter {
  const kept = <T extends object>(request: DraftRequest, before: DrawnPlan | undefined, draft: () => Promise<T>) =>
    keptAnswer(
      recordings,
      { workflow_id: run(), terms: request.terms },
      { part: 'drafts', name: nameOf(request, before) },
      draft,
    );
  return {
    draft: (request, before) => kept(request, before, () => drafter.draft(request, before)),
    async first(request) {
      const { terms, answer: _, ...asked } = request;
      if (isKept(terms?.recording)) await recordings.of(run()).write('run', REQUEST, asked);
      return await kept(request, undefined, () => drafter.first(request));
    },
  };
}

const run = (): string => Context.current().info.workflowExecution?.workflowId ?? '';

/** What is asked of a drafter, by its contents. */
const nameOf = ({ goal, plan, answer }: DraftRequest, before: DrawnPlan | undefined): string =>
  canonicalJson({
    goal,
    plan: plan?.$ref,
    answer: answer && contentOf(answer),
    before: before && [before.version, before.plan.$ref],
  });

const contentOf = (value: Value): object => ('inline' in value ? { inline: value.inline } : { ref: value.ref.$ref });
