import { promptKey } from '../../core/prompt';
import type { JobInput, JobTurn } from '../../schemas/job/run';
import { replayOf, type Locks, type Terms } from '../../schemas/terms';
import type { Run } from '../engine/run';

/** What holds for each call of a job. An agent run is bound to what has been used first. */
export function termsOf(input: JobInput, run: Run): Terms | undefined {
  const locks = locksOf(input, run);
  return locks ? { ...input.terms, locks } : input.terms;
}

/** What a run is bound to, as far as it is known: an agent run to its plan's tools and its first answers, too. */
export function locksOf({ agent_run, terms }: JobInput, run: Run): Locks | undefined {
  // a replay shows what has changed
  if (!agent_run || replayOf(terms) !== undefined) return terms?.locks;
  const { models = [], prompts = [] } = run.used;
  const tools = run.kept<JobTurn>('turn')?.drawn.tools ?? [];
  return {
    ...terms?.locks,
    answered: models[0],
    tools: Object.fromEntries(tools.map(({ name, version }) => [name, version])),
    // the first of each
    prompts: Object.fromEntries(prompts.map((prompt): [string, string] => [promptKey(prompt), prompt.hash]).reverse()),
  };
}
