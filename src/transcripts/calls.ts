import type { AgentCall } from '../../schemas/agents/work';
import type { StepView } from '../../schemas/run';
import type { RunTranscripts, Transcript } from './transcripts';

/** Steps with the calls that their agents have made while a model did their tasks, over all rounds and attempts. */
export async function withCalls<S extends Pick<StepView, 'id' | 'kind'>>(
  steps: readonly S[],
  transcripts: Pick<RunTranscripts, 'list'>,
): Promise<(S & { calls?: AgentCall[] })[]> {
  if (!steps.some(({ kind }) => kind === 'agent')) return [...steps];
  const all = await transcripts.list();
  return steps.map((step) => ({ ...step, calls: callsOf(step.id, all) }));
}

/** In their order; undefined where no model was asked. */
function callsOf(id: string, transcripts: readonly Transcript[]): AgentCall[] | undefined {
  const calls = transcripts.flatMap(({ step, calls: made }) => (step === id ? made : []));
  return calls.length === 0 ? undefined : calls.map(({ place: _, ...call }) => call);
}
