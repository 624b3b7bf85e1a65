import { AgentDelivery } from '../../schemas/audit/run';
import type { DeliverableKind } from '../../schemas/audit/deliverables';
import type { ArtifactRef } from '../../schemas/refs';
import type { Threads } from '../../src/threads/pool';
import { defineAgent, type Agent } from '../agents/base';
import { about, AuditTask, commissionOf } from './task';

const agents: { name: string; kind: DeliverableKind; description: string }[] = [
  { name: 'time_waste_worker', kind: 'time_waste', description: 'Where the minutes go, and what can go' },
  { name: 'cost_worker', kind: 'cost', description: 'What the work costs, with the arithmetic' },
  { name: 'friction_worker', kind: 'friction', description: 'Repeated, bouncing and waiting work' },
  { name: 'scenario_worker', kind: 'scenario', description: 'What-if scenarios with savings and pay-back' },
  { name: 'summary_worker', kind: 'summary', description: 'One page that joins the deliverables' },
];

/** The names of an audit's agents, and what each delivers. */
export const auditAgentKinds: ReadonlyMap<string, DeliverableKind> = new Map(
  agents.map(({ name, kind }) => [name, kind]),
);

/** The agents of an audit. Their figures come from code; the same task gives the same bytes. */
export function createAuditAgents(threads: Threads<'audit'>): Agent[] {
  return agents.map(({ name, kind, description }) =>
    defineAgent({
      ...about,
      name,
      description,
      input: AuditTask,
      output: AgentDelivery,
      async deliver(task, { documents, round, rework, signal }) {
        const { project_id, backlog_item_id, wording } = task;
        const made = await threads.run(
          'deliver',
          {
            kind,
            task: {
              ...commissionOf(task),
              rework: rework && { findings: rework.findings, instruction: rework.instruction },
            },
            // in a rework the rules' own words, because the delivery before was refused
            wording: round > 1 && wording ? null : offered(wording),
          },
          { documents, signal },
        );
        const place = task.folder ?? `projects/${project_id}/${backlog_item_id}`;
        const folder = `${place}${round > 1 ? `/round-${round}` : ''}`;
        const artifacts: ArtifactRef[] = [];
        for (const { name, media_type, bytes } of made.files)
          artifacts.push(await documents.putArtifact({ path: `${folder}/${name}`, bytes, media_type }));
        const { status, headline, document } = made;
        return { status, headline: headline.slice(0, 300), document, artifacts };
      },
    }),
  );
}

/** A model's words; null if it gave none, undefined if it was not asked. */
function offered(wording: AuditTask['wording']) {
  if (!wording) return wording;
  const { value, model, prompt } = wording;
  return value && { value, model, prompt };
}
