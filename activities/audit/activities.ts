import { ApplicationFailure } from '@temporalio/activity';
import type { Backlog, DispatchInput, WorkToAudit } from '../../schemas/audit/run';
import type { DeliverableKind } from '../../schemas/audit/deliverables';
import type { Json, JsonObject } from '../../schemas/json';
import type { Plan, Step } from '../../schemas/plan';
import type { Ref } from '../../schemas/refs';
import type { Language } from '../../schemas/language';
import { WorkContext } from '../../schemas/audit/work-context';
import { validatorFor } from '../../src/contracts/validators';
import type { ValueStore } from '../../src/documents/values';
import { escapeTemplate } from '../../core/plan/expressions';
import { planBacklog } from '../../src/audit/backlog';
import { rowsQuestionPlan, type Rowless } from '../../src/audit/rows-question';
import { BATCH, MOST_BATCHES } from '../../src/audit/sorting';
import { wordingStep } from '../../src/llm/steps';
import { readSent } from '../sent';

/** Input of a backlog and its plan. */
export interface AuditPlanning {
  project_id: string;
  request_text: string;
  language: Language;
  work: WorkToAudit;
  rework_rounds: number;
}

/** Input of the plan of a dispatch without a project. */
export type DispatchPlanning = Pick<
  DispatchInput,
  'project_id' | 'agent_target' | 'requested_by' | 'language' | 'work_context' | 'rows' | 'folder'
> & { rework_rounds: number };

const workContext = validatorFor(WorkContext);

/** Activities of an audit project, besides its agents. `words`: true if a model is asked for words. */
export function createAuditActivities({ documents, words }: { documents: ValueStore; words: boolean }) {
  return {
    /** A request becomes a backlog by rules, and the backlog a plan that agents work off. */
    async planAudit(planning: AuditPlanning): Promise<Backlog> {
      const { project_id, request_text, language, work } = planning;
      const items = planBacklog(request_text, language).map((item) => ({
        ...item,
        item_type: 'AGENT_TASK' as const,
      }));
      const plan: Plan = {
        name: `Audit ${project_id}`,
        steps: [
          ...(words ? sortingSteps(work, language) : []),
          ...items.flatMap((item) => stepsOf(item, planning, words)),
        ],
      };
      return {
        items,
        plan: await documents.putValue(plan),
        rows: work.rows,
        ...(work.work_context ? { work_context: work.work_context } : {}),
      };
    },

    /** The plan that asks a model to word the question for the rows; null where no model is asked. */
    async planRowsQuestion(request: Rowless): Promise<Ref | null> {
      return words ? await documents.putValue(rowsQuestionPlan(request)) : null;
    },

    /** The work of one agent as a plan of one step, held to the same definition of done as in a project. */
    async planDispatch(dispatch: DispatchPlanning): Promise<Ref> {
      const { project_id, agent_target, requested_by, language, work_context, rows, folder, rework_rounds } = dispatch;
      const kind = agent_target.replace(/_worker$/, '') as DeliverableKind;
      const work: WorkToAudit = { rows, ...(work_context ? { work_context } : {}) };
      const request_text = `${agent_target}, dispatched by ${requested_by}`;
      const item = { backlog_item_id: kind, title: agent_target, agent_target, depends_on: [], reason: 'dispatched' };
      const steps = [
        ...(words ? sortingSteps(work, language) : []),
        ...stepsOf(item, { project_id, request_text, language, work, rework_rounds }, words),
      ];
      const plan: Plan = {
        name: `${agent_target} for ${project_id}`,
        steps: steps.map((step) =>
          step.kind === 'agent' ? { ...step, on_error: undefined, with: { ...step.with, folder } } : step,
        ),
      };
      return await documents.putValue(plan);
    },

    /** Adds a person's rows to the facts of the request; throws `work_context.invalid` if they are no rows. */
    async acceptRows({ base, answer }: { base: Ref<WorkContext> | null; answer: Json }): Promise<WorkToAudit> {
      const given = await givenContext(answer);
      const known = base === null ? {} : await documents.getValue(base);
      const checked = workContext({ ...known, ...given });
      if (!checked.ok) {
        const words = checked.errors.slice(0, 5).map(({ pointer, message }) => `${pointer} ${message}`);
        throw ApplicationFailure.nonRetryable(words.join('; '), 'work_context.invalid', checked.errors);
      }
      const rows = checked.value.rows?.length ?? 0;
      if (rows === 0) throw ApplicationFailure.nonRetryable('/rows holds no row', 'work_context.invalid');
      return { work_context: await documents.putValue(checked.value), rows };
    },
  };

  /** An answer holds its work context inline or, when it came by the API, by reference. */
  async function givenContext(answer: Json): Promise<JsonObject> {
    const given = (answer as JsonObject | null)?.['work_context'] as JsonObject | undefined;
    const sent = await readSent(documents, given ?? {});
    if ('fault' in sent) throw ApplicationFailure.nonRetryable(`/work_context ${sent.fault}`, 'work_context.invalid');
    return sent.value as JsonObject;
  }
}

export type AuditActivities = ReturnType<typeof createAuditActivities>;

/** The step that gathers what a model has sorted. */
const SORTING = 'sorting';

/** Steps that ask a model to sort the rows that the rules leave, in batches; none without rows. */
function sortingSteps(work: WorkToAudit, language: Language): Step[] {
  const work_context = work.work_context ?? null;
  const batches = Math.min(MOST_BATCHES, Math.ceil(work.rows / BATCH));
  const ids = Array.from({ length: batches }, (_, batch) => `${SORTING}_${batch + 1}`);
  if (batches === 0) return [];
  return [
    ...ids.flatMap((id, batch): Step[] => [
      {
        id: `${id}_question`,
        name: `Rows without evidence, part ${batch + 1}: what to ask a model`,
        kind: 'tool',
        uses: 'audit.sorting_question',
        with: { work_context, language, batch },
        on_error: 'continue',
        timeout: '10m',
      },
      wordingStep(`${id}_words`, `${id}_question`, `Rows without evidence, part ${batch + 1}: a model sorts them`),
    ]),
    {
      id: SORTING,
      name: 'Rows without evidence: what a model may say of them',
      kind: 'tool',
      uses: 'audit.sorting',
      with: { answers: ids.map((id) => `\${{ steps.${id}_words.output }}`) },
      // a step whose needs are all skipped is skipped too, so it needs the questions as well
      depends_on: ids.flatMap((id) => [`${id}_question`, `${id}_words`]),
      on_error: 'continue',
      timeout: '10m',
    },
  ];
}

/**
 * An item of the backlog as steps: its agent delivers, the definition of done checks, a person decides if it is unmet.
 * Before that, a model may be asked for words; without them the agent delivers all the same.
 */
function stepsOf(
  item: Omit<Backlog['items'][number], 'item_type'>,
  { project_id, request_text, language, work, rework_rounds }: AuditPlanning,
  words: boolean,
): Step[] {
  const { backlog_item_id: id, title, agent_target, depends_on } = item;
  const kind = agent_target.replace(/_worker$/, '');
  const work_context = work.work_context ?? null;
  const isSorted = words && work.rows > 0;
  const others =
    depends_on.length === 0 ? null : Object.fromEntries(depends_on.map((other) => [other, documentOf(other)]));
  const task = {
    project_id,
    backlog_item_id: id,
    request_text: escapeTemplate(request_text),
    language,
    work_context,
    others,
    folder: null,
    ...(isSorted ? { sorting: SORTED } : {}),
  };
  const after: Pick<Step, 'depends_on' | 'when'> =
    depends_on.length === 0
      ? isSorted
        ? { depends_on: [SORTING] }
        : {}
      : { depends_on, when: depends_on.map((other) => `steps.${other}.status == "completed"`).join(' && ') };
  const question: Step = {
    id: `${id}_question`,
    name: `${title}: what to ask a model`,
    kind: 'tool',
    uses: 'audit.wording_question',
    with: { kind, task },
    ...after,
    on_error: 'continue',
    timeout: '10m',
  };
  const asked = words ? [question, wordingStep(`${id}_words`, question.id, `${title}: words`)] : [];
  return [
    ...asked,
    {
      id,
      name: title,
      kind: 'agent',
      uses: agent_target,
      with: { ...task, ...(words ? { wording: `\${{ steps.${id}_words.output }}` } : {}) },
      ...after,
      ...(words ? { depends_on: [...depends_on, question.id, `${id}_words`] } : {}),
      until: {
        check: 'audit.definition_of_done',
        with: {
          ...{ kind: id, delivery: `\${{ steps.${id}.output }}`, work_context, others },
          ...(isSorted ? { sorting: SORTED } : {}),
        },
        rounds: 1 + rework_rounds,
        otherwise: 'ask',
      },
      on_error: 'continue',
      timeout: '30m',
    },
  ];
}

const SORTED = `\${{ steps.${SORTING}.output }}`;

const documentOf = (step: string): string => `\${{ steps.${step}.output.document }}`;
