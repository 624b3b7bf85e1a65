import type { AgentDelivery } from '../schemas/audit';
import type { Json, JsonObject } from '../schemas/json';
import { ArtifactRef, Ref } from '../schemas/refs';
import type { JsonSchema, ToolSpec } from '../schemas/tool';
import type { WorkContext } from '../schemas/work-context';
import { defineAgent, type Agent } from './agents/base';
import { deliver, type DeliverableKind } from './audit/deliver';
import { checkDeliverable } from './audit/definition-of-done';
import type { Documents } from '../src/documents/content';
import type { Tool } from './tools/tool';

/** What an audit agent is asked to do: an item of a project's backlog. */
interface AuditTask extends JsonObject {
  project_id: string;
  backlog_item_id: string;
  request_text: string;
  language: 'en' | 'fr';
  work_context: Ref | null;
  /** for the summary: the documents of the other items */
  others: { [kind: string]: Ref } | null;
}

/** What the definition of done looks at. */
interface CheckTask extends JsonObject {
  kind: DeliverableKind;
  document: Ref;
  work_context: Ref | null;
  others: { [kind: string]: Ref } | null;
}

const text = (maxLength: number): JsonSchema => ({ type: 'string', maxLength });
const nullable = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const ref = { ...Ref, $id: undefined } as JsonSchema;
const others = nullable({ type: 'object', additionalProperties: ref });

const taskSchema: JsonSchema = {
  type: 'object',
  required: ['project_id', 'backlog_item_id', 'request_text', 'language', 'work_context', 'others'],
  properties: {
    project_id: text(80),
    backlog_item_id: text(80),
    request_text: text(20_000),
    language: { enum: ['en', 'fr'] },
    work_context: nullable(ref),
    others,
  },
};

/** Small enough to travel inline, so that events and views can be made of it. */
const deliverySchema: JsonSchema = {
  type: 'object',
  required: ['status', 'headline', 'document', 'artifacts'],
  properties: {
    status: { enum: ['complete', 'insufficient_data'] },
    headline: text(300),
    document: ref,
    artifacts: { type: 'array', maxItems: 3, items: { ...ArtifactRef, $id: undefined } },
  },
};

const agents: { name: string; kind: DeliverableKind; description: string }[] = [
  { name: 'time_waste_worker', kind: 'time_waste', description: 'Where the minutes go, and what can go' },
  { name: 'cost_worker', kind: 'cost', description: 'What the work costs, with the arithmetic' },
  { name: 'friction_worker', kind: 'friction', description: 'Repeated, bouncing and waiting work' },
  { name: 'scenario_worker', kind: 'scenario', description: 'What-if scenarios with savings and pay-back' },
  { name: 'summary_worker', kind: 'summary', description: 'One page that joins the deliverables' },
];

/** The agents of an audit. Their figures come from code; the same task gives the same bytes. */
export const auditAgents: Agent[] = agents.map(({ name, kind, description }) =>
  defineAgent<AuditTask, AgentDelivery & JsonObject>({
    spec: spec({ name, description, input: taskSchema, output: deliverySchema }),
    async deliver(task, { documents, round, rework, signal }) {
      const context = await workContext(documents, task.work_context);
      const made = await deliver(kind, {
        project_id: task.project_id,
        backlog_item_id: task.backlog_item_id,
        request_text: task.request_text,
        language: task.language,
        context,
        others: await documentsOf(documents, task.others),
        ...(rework ? { rework: { findings: rework.findings, instruction: rework.instruction } } : {}),
      });
      signal.throwIfAborted();
      const folder = `projects/${task.project_id}/${task.backlog_item_id}${round > 1 ? `/round-${round}` : ''}`;
      const artifacts = [];
      for (const { name, media_type, bytes } of made.files)
        artifacts.push(await documents.putArtifact({ path: `${folder}/${name}`, bytes, media_type }));
      const document = await documents.putValue(made.document);
      return { status: made.status, headline: made.headline.slice(0, 300), document, artifacts };
    },
  }),
);

/** The checks that audits use. */
export const auditTools: Tool[] = [
  {
    spec: spec({
      name: 'audit.definition_of_done',
      description:
        'Holds a deliverable against its schema, the rows it cites and the input that it has to reconcile with',
      input: {
        type: 'object',
        required: ['kind', 'document', 'work_context', 'others'],
        properties: {
          kind: { enum: agents.map(({ kind }) => kind) },
          document: ref,
          work_context: nullable(ref),
          others,
        },
      },
      output: { type: 'object', required: ['accepted', 'findings'] },
    }),
    async run(input, { documents }) {
      const { kind, document, work_context, others } = input as CheckTask;
      const context = await workContext(documents, work_context);
      const verdict = checkDeliverable(
        kind,
        await documents.getValue(document),
        context,
        await documentsOf(documents, others),
      );
      return verdict as unknown as Json;
    },
  },
];

function spec(about: Pick<ToolSpec, 'name' | 'description' | 'input' | 'output'>): ToolSpec {
  return {
    ...about,
    version: '1.0.0',
    effect: 'idempotent',
    risk: 'low',
    approval: false,
    timeout: 120_000,
    retry: { attempts: 4, initialMs: 500, backoff: 2, maxMs: 10_000 },
  };
}

async function workContext(documents: Documents, ref: Ref | null): Promise<WorkContext> {
  return ref === null ? {} : ((await documents.getValue(ref)) as WorkContext);
}

async function documentsOf(
  documents: Documents,
  refs: { [kind: string]: Ref } | null,
): Promise<{ [kind: string]: Json }> {
  const found: { [kind: string]: Json } = {};
  for (const [kind, ref] of Object.entries(refs ?? {})) found[kind] = await documents.getValue(ref);
  return found;
}
