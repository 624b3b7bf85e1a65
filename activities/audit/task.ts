import { Type, type Static } from 'typebox';
import type { DeliverableDocument } from '../../schemas/audit/deliverables';
import type { WorkContext } from '../../schemas/audit/work-context';
import { nullable } from '../../schemas/json';
import { languages } from '../../schemas/language';
import { LlmAnswer } from '../../schemas/llm-call';
import { refTo, type Ref } from '../../schemas/refs';
import type { ToolSpec } from '../../schemas/tool';
import type { Commission } from '../../src/audit/deliver';
import type { Documents } from '../../src/documents/content';

/** Text of a request. */
export const RequestText = Type.String({ maxLength: 20_000 });
export const Language = Type.Enum([...languages]);

/** Rows to audit, where there are any. */
export const Work = nullable(refTo<WorkContext>());

/** For the summary: the documents of the other items, by kind. */
export const Others = nullable(Type.Record(Type.String(), refTo<DeliverableDocument>()));
export type Others = Static<typeof Others>;

/** Task of an audit agent: an item of a project's backlog. */
export const AuditTask = Type.Object({
  project_id: Type.String({ maxLength: 80 }),
  backlog_item_id: Type.String({ maxLength: 80 }),
  request_text: RequestText,
  language: Language,
  work_context: Work,
  others: Others,
  /** folder of the files, if not the item's own in its project */
  folder: Type.Optional(nullable(Type.String({ maxLength: 200 }))),
  /** the words of a model, where one was asked; null where it gave none */
  wording: Type.Optional(nullable(LlmAnswer)),
});
export type AuditTask = Static<typeof AuditTask>;

/** Facts shared by all tools and agents of audits. */
export const about = {
  version: '1.0.0',
  effect: 'idempotent',
  risk: 'low',
  approval: false,
  timeout: 120_000,
  retry: { attempts: 4, initialMs: 500, backoff: 2, maxMs: 10_000 },
} satisfies Partial<ToolSpec>;

/** A task with all its references read. */
export async function commissionOf(documents: Documents, task: AuditTask): Promise<Commission> {
  const { project_id, backlog_item_id, request_text, language } = task;
  return {
    project_id,
    backlog_item_id,
    request_text,
    language,
    context: await workContext(documents, task.work_context),
    others: await documentsOf(documents, task.others),
  };
}

export async function workContext(documents: Documents, ref: Ref<WorkContext> | null): Promise<WorkContext> {
  return ref === null ? {} : await documents.getValue(ref);
}

export async function documentsOf(documents: Documents, refs: Others): Promise<Record<string, DeliverableDocument>> {
  const found: Record<string, DeliverableDocument> = {};
  for (const [kind, ref] of Object.entries(refs ?? {})) found[kind] = await documents.getValue(ref);
  return found;
}
