import { promptKey } from '../../core/prompt';
import type { JobInput, JobTurn } from '../../schemas/job/run';
import type { Locks, Terms } from '../../schemas/terms';
import type { Run } from '../engine/run';

/** What holds for each call of a job. An agent run is bound to what has been used first. */
export function termsOf(input: JobInput, run: Run): Terms | undefined {
  const locks = locksOf(input, run);
  return locks ? { ...input.terms, locks } : input.terms;
}

/** What an agent run is bound to, as far as it is known: the request's locks, its plan's tools, its first answers. */
export function locksOf({ agent_run, terms }: JobInput, run: Run): Locks | undefined {
  if (!agent_run) return undefined;
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
