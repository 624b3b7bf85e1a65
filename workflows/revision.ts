import { workflowInfo } from '@temporalio/workflow';
import { planCancelled, planFailed } from '../core/engine/plan-end';
import { planVoice } from '../core/engine/plan-voice';
import type { Spoken } from '../core/engine/event';
import type { RevisionInput } from '../schemas/definition/run';
import type { Json } from '../schemas/json';
import { Run, type Carried } from './engine/run';

/** A change of a workflow definition: its next version is written, unless somebody was faster, and told. */
export async function revision(input: RevisionInput, carried?: Carried): Promise<Json> {
  const { stored, about } = input;
  const { id: definition_id, version, change, by } = about;
  const id = workflowInfo().workflowId;
  const run = new Run(
    {
      process: 'revision',
      subject: { kind: 'run', id },
      correlationId: input.correlation_id,
      title: `${definition_id}, version ${version}: ${change} by ${by}`,
      signals: 'refuse',
      patience: { expireAfter: 0 },
      mode: 'live',
      voice: planVoice(id),
      view: () => ({ definition_id, version, change, by }),
    },
    input,
    carried,
  );

  return await run.story(
    async () => {
      await run.work.io('writeVersion', { stored }, `write version ${version} of ${definition_id}`);
      return { status: 'completed', outcome: change, result: { version }, last: wordsOf(about) };
    },
    (error, cancelled) => (cancelled === undefined ? planFailed(id, error) : planCancelled(id, cancelled)),
  );
}

function wordsOf({ id: definition_id, version, name, by, change, from = version }: RevisionInput['about']): Spoken {
  const payload = { definition_id, version, name, by };
  switch (change) {
    case 'created':
      return { type: 'DEFINITION.CREATED', payload };
    case 'changed':
      return { type: 'DEFINITION.CHANGED', payload };
    case 'rolled_back':
      return { type: 'DEFINITION.ROLLED_BACK', payload: { ...payload, from } };
    case 'deleted':
      return { type: 'DEFINITION.DELETED', payload };
  }
}
