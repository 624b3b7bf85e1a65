import { Type, type Static } from 'typebox';
import type { DeliverableDocument } from '../../schemas/audit/deliverables';
import type { WorkContext } from '../../schemas/audit/work-context';
import { nullable } from '../../schemas/json';
import { languages } from '../../schemas/language';
import { LlmAnswer } from '../../schemas/llm-call';
import { refTo } from '../../schemas/refs';
import type { ToolSpec } from '../../schemas/tool';
import type { Sorting } from '../../src/audit/sorting';
import type { Task } from '../../src/threads/audit';

/** Text of a request. */
export const RequestText = Type.String({ maxLength: 20_000 });
export const Language = Type.Enum([...languages]);

/** Rows to audit, where there are any. */
export const Work = nullable(refTo<WorkContext>());

/** For the summary: the documents of the other items, by kind. */
export const Others = nullable(Type.Record(Type.String(), refTo<DeliverableDocument>()));

/** Rows that a model has sorted. */
export const Sorted = Type.Object({ sorting: refTo<Sorting>() });

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
  /** rows that a model has sorted, where one was asked; null where it sorted none */
  sorting: Type.Optional(nullable(Sorted)),
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
  // 50,000 rows take a few seconds, but a thread may be waited for: eight such audits at once take some minutes
  timeout: 900_000,
  retry: { attempts: 4, initialMs: 500, backoff: 2, maxMs: 10_000 },
} satisfies Partial<ToolSpec>;

/** The agent's order, as threads take it. */
export function commissionOf(task: AuditTask): Task {
  const { project_id, backlog_item_id, request_text, language, work_context, others, sorting } = task;
  return { project_id, backlog_item_id, request_text, language, work_context, others, sorting };
}
