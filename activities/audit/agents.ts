import type { AgentDelivery } from '../../schemas/audit/run';
import { LlmAnswer, type LlmQuestion } from '../../schemas/llm-call';
import type { Json, JsonObject } from '../../schemas/json';
import { ArtifactRef, Ref } from '../../schemas/refs';
import type { JsonSchema, ToolSpec } from '../../schemas/tool';
import type { WorkContext } from '../../schemas/audit/work-context';
import { defineAgent, type Agent } from '../agents/base';
import type { Analysts } from './analysts';
import type { DeliverableKind, Commission } from '../../src/audit/deliver';
import { rowsQuestion, wordsToAsk } from '../../src/audit/rows-question';
import { wordingQuestion, type OfferedWording } from '../../src/audit/wording';
import type { Documents } from '../../src/documents/content';
import type { Prompts } from '../../src/llm/prompt';
import { ROWS_WORDS } from '../../src/llm/questions';
import { jsonSchema } from '../tools/schema';
import type { Tool } from '../tools/tool';

/** What an audit agent is asked to do: an item of a project's backlog. */
interface AuditTask extends JsonObject {
  project_id: string;
  backlog_item_id: string;
  request_text: string;
  language: 'en' | 'fr';
  work_context: Ref | null;
  /** for the summary: the documents of the other items */
  others: { [kind: string]: Ref } | null;
  /** where the files go, if not to the item's own place in its project */
  folder: string | null;
}

/** What the definition of done looks at. */
interface CheckTask extends JsonObject {
  kind: DeliverableKind;
  delivery: AgentDelivery & JsonObject;
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
    folder: nullable(text(200)),
    wording: nullable(jsonSchema(LlmAnswer)),
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

/** The names of an audit's agents, and what each delivers. */
export const auditAgentKinds: ReadonlyMap<string, DeliverableKind> = new Map(
  agents.map(({ name, kind }) => [name, kind]),
);

/** The agents of an audit. Their figures come from code; the same task gives the same bytes. */
export function createAuditAgents(analysts: Analysts): Agent[] {
  return agents.map(({ name, kind, description }) =>
    defineAgent<AuditTask, AgentDelivery & JsonObject>({
      spec: spec({ name, description, input: taskSchema, output: deliverySchema }),
      async deliver(task, { documents, round, rework, signal }) {
        const { project_id, backlog_item_id } = task;
        const commission = {
          ...(await commissionOf(documents, task)),
          ...(await offered(documents, task, round)),
          ...(rework ? { rework: { findings: rework.findings, instruction: rework.instruction } } : {}),
        };
        const made = await analysts.deliver(kind, commission, signal);
        const place = task.folder ?? `projects/${project_id}/${backlog_item_id}`;
        const folder = `${place}${round > 1 ? `/round-${round}` : ''}`;
        const artifacts: ArtifactRef[] = [];
        for (const { name, media_type, bytes } of made.files)
          artifacts.push(await documents.putArtifact({ path: `${folder}/${name}`, bytes, media_type }));
        const document = await documents.putValue(made.document);
        return { status: made.status, headline: made.headline.slice(0, 300), document, artifacts };
      },
    }),
  );
}

/** What audits use beside their agents: the check, and the questions for words. */
export function createAuditTools(analysts: Analysts, prompts: Prompts): Tool[] {
  return [
    {
      spec: spec({
        name: 'audit.wording_question',
        description: 'Makes the question by which a model is asked to word a deliverable; null where it says nothing',
        input: {
          type: 'object',
          required: ['kind', 'task'],
          properties: { kind: { enum: agents.map(({ kind }) => kind) }, task: taskSchema },
        },
        output: { type: 'object', required: ['question'], properties: { question: nullable(ref) } },
      }),
      async run(input, { documents, signal }) {
        const { kind, task } = input as { kind: DeliverableKind; task: AuditTask };
        const commission = await commissionOf(documents, task);
        const document = await analysts.compute(kind, commission, signal);
        if (document.status !== 'complete') return { question: null };
        const question = wordingQuestion(document, commission.context, prompts('audit.wording', task.language));
        return { question: await documents.putValue(question) };
      },
    },
    {
      spec: short({
        name: 'audit.rows_question',
        description: 'Makes the question by which a model is asked how to ask a person for the rows of a request',
        input: {
          type: 'object',
          required: ['request_text', 'language'],
          properties: { request_text: text(20_000), language: { enum: ['en', 'fr'] } },
        },
        output: { type: 'object', required: ['question'], properties: { question: ref } },
      }),
      async run(input, { documents }) {
        const request = input as { request_text: string; language: 'en' | 'fr' };
        const question = rowsQuestion(request, prompts('audit.question', request.language));
        return { question: await documents.putValue(question) };
      },
    },
    {
      spec: short({
        name: 'audit.rows_words',
        description: 'Takes the words of a model that ask for rows, where they pass; null where they do not',
        input: { type: 'object', required: ['answer'], properties: { answer: jsonSchema(LlmAnswer) } },
        output: { type: 'object', required: ['words'], properties: { words: nullable(text(ROWS_WORDS.longest)) } },
      }),
      async run(input, { documents }) {
        const { question, value } = (input as unknown as { answer: LlmAnswer }).answer;
        if (value === null) return { words: null };
        const { facts } = (await documents.getValue(question)) as unknown as LlmQuestion;
        return { words: wordsToAsk(await documents.getValue(value), facts) };
      },
    },
    {
      spec: spec({
        name: 'audit.definition_of_done',
        description: 'Holds a deliverable against its schema, the rows it cites and the input it has to reconcile with',
        input: {
          type: 'object',
          required: ['kind', 'delivery', 'work_context', 'others'],
          properties: {
            kind: { enum: agents.map(({ kind }) => kind) },
            delivery: deliverySchema,
            work_context: nullable(ref),
            others,
          },
        },
        output: { type: 'object', required: ['accepted', 'findings'] },
      }),
      async run(input, { documents, signal }) {
        const { kind, delivery, work_context, others } = input as CheckTask;
        const verdict = await analysts.examine(
          {
            kind,
            document: await documents.getValue(delivery.document),
            context: await workContext(documents, work_context),
            others: await documentsOf(documents, others),
            report: await reportOf(documents, delivery),
          },
          signal,
        );
        return verdict as unknown as Json;
      },
    },
  ];
}

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

/** The same for what takes milliseconds: it needs no activity of its own in the history. */
function short(about: Parameters<typeof spec>[0]): ToolSpec {
  return { ...spec(about), timeout: 2_000, local: true };
}

async function commissionOf(documents: Documents, task: AuditTask): Promise<Commission> {
  const { project_id, backlog_item_id, request_text, language } = task;
  return {
    ...{ project_id, backlog_item_id, request_text, language },
    context: await workContext(documents, task.work_context),
    others: await documentsOf(documents, task.others),
  };
}

/** The words of a model, where one is asked (`wording` of the task, an `LlmAnswer`, or null where it gave none); in a rework the rules' own, because something was wrong with the delivery before. */
async function offered(
  documents: Documents,
  task: AuditTask,
  round: number,
): Promise<{ wording?: OfferedWording | null }> {
  const wording = task['wording'] as unknown as LlmAnswer | null | undefined;
  if (wording === undefined) return {};
  if (wording === null || wording.value === null || round > 1) return { wording: null };
  const { model, prompt } = wording;
  return { wording: { value: await documents.getValue(wording.value), model, prompt } };
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

async function reportOf(documents: Documents, { artifacts }: AgentDelivery): Promise<string> {
  const report = artifacts.find(({ path }) => path.endsWith('.md'));
  return report ? ((await documents.readArtifact(report.artifact_id))?.toString() ?? '') : '';
}
