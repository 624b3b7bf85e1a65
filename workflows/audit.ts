import type { AuditInput, Backlog, WorkToAudit } from '../schemas/audit/run';
import type { Json } from '../schemas/json';
import { auditVoice, deliverables, items, projectCompleted, projectFailed } from './audit/voice';
import { acceptRows, declined, faultOfAnswer, questionForRows, wordsForRows } from './audit/clarification';
import { Run, type Carried, type Conclusion, type Followed } from './engine/run';

/**
 * An audit project. A request becomes a backlog; audit agents work it off; their deliveries are held against the
 * definition of done; the project closes. A request without rows asks a person for them, and never makes them up.
 */
export async function audit(input: AuditInput, carried?: Carried): Promise<Json> {
  let backlog: Backlog | undefined;
  const run = new Run(
    {
      process: 'audit',
      subject: { kind: 'project', id: input.project_id },
      correlationId: input.correlation_id,
      causationId: input.causation_id,
      title: `Audit ${input.project_id}: ${input.request_text.slice(0, 120)}`,
      signals: input.options.approval_signals,
      patience: patience(input),
      mode: 'live',
      isRetried: ['failed'],
      voice: (moment) => auditVoice(input, backlog)(moment),
      fault: faultOfAnswer,
      answerBy: (id) => `\`POST /projects/${input.project_id}/clarifications/${id}\``,
      view: (self) => projectView(input, backlog, self),
    },
    input,
    carried,
  );

  return await run.story(
    async () => {
      await run.once('received', () => received(run, input));
      if (carried?.retry) await run.takeBack(carried.retry, ({ by }) => retried(run, input, by));
      const work = await run.once('work', () => workToAudit(run, input));
      backlog = await run.once('backlog', () => generateBacklog(run, input, work));
      const end = await run.follow(backlog.plan, { inline: null });
      return conclude(run, input, backlog, end);
    },
    (error) => failed(run, input, backlog, error),
  );
}

function received(run: Run, input: AuditInput): true {
  const { project_id, request_text, rows, work_context } = input;
  run.speak({
    type: 'PROJECT.INITIAL_REQUEST_RECEIVED',
    payload: { project_id, request_text, rows, ...(work_context ? { work_context_ref: work_context } : {}) },
  });
  return true;
}

/** The project has failed before, and goes on from there: what it has delivered stays. */
function retried(run: Run, { project_id }: AuditInput, by: string): void {
  run.speak({ type: 'PROJECT.RETRIED', payload: { project_id, by } });
}

/** The rows to audit: those of the request, or those that a person gives when asked; none if nobody has any. */
async function workToAudit(run: Run, input: AuditInput): Promise<WorkToAudit> {
  const known: WorkToAudit = { rows: input.rows, ...(input.work_context ? { work_context: input.work_context } : {}) };
  for (let asked = 1, fault: string | undefined; known.rows === 0; asked++) {
    const words = asked === 1 ? await wordsForRows(run, input) : null;
    const reply = await run.ask(questionForRows(input, asked, { words, fault }));
    if (reply.outcome !== 'decided' || declined(reply)) return known;
    const answer = await acceptRows(run, input, reply.data);
    if (typeof answer !== 'string') return answer;
    fault = answer;
  }
  return known;
}

async function generateBacklog(run: Run, input: AuditInput, work: WorkToAudit): Promise<Backlog> {
  const { project_id, request_text, language, options } = input;
  const backlog = await run.work.io(
    'planAudit',
    { project_id, request_text, language, work, rework_rounds: options.rework_rounds },
    'make the backlog',
  );
  run.speak({ type: 'PROJECT.BACKLOG_GENERATED', payload: { project_id, items: backlog.items } });
  return backlog;
}

function conclude(run: Run, input: AuditInput, backlog: Backlog, end: Followed): Conclusion {
  if (end.status === 'cancelled')
    return failed(run, input, backlog, { type: 'run.cancelled', message: `cancelled by ${end.by}` });
  if (end.status === 'failed') return failed(run, input, backlog, end.error);
  const missing = items(backlog, run).filter(({ status }) => status !== 'completed');
  if (missing.length > 0) {
    const names = missing.map(({ backlog_item_id }) => backlog_item_id).join(', ');
    return failed(run, input, backlog, { type: 'project.incomplete', message: `not delivered: ${names}` });
  }
  const delivered = deliverables(backlog, run);
  return { status: 'completed', result: delivered as unknown as Json, last: projectCompleted(input, delivered) };
}

function failed(
  run: Run,
  input: AuditInput,
  backlog: Backlog | undefined,
  error: Conclusion['error'] & {},
): Conclusion {
  const open = items(backlog, run).filter(({ status }) => status !== 'completed');
  const status = run.cancelled === undefined ? 'failed' : 'cancelled';
  return {
    status,
    error,
    result: deliverables(backlog, run) as unknown as Json,
    last: projectFailed(input, error, open),
  };
}

function patience({ options }: AuditInput) {
  const { remind_after, escalate_after, expire_after } = options;
  return { remindAfter: remind_after, escalateAfter: escalate_after, expireAfter: expire_after };
}

function projectView(input: AuditInput, backlog: Backlog | undefined, run: Run): Json {
  const { project_id, request_text, requested_by, rows } = input;
  return {
    project_id,
    request_text,
    requested_by,
    rows: backlog?.rows ?? rows,
    items: items(backlog, run),
    deliverables: deliverables(backlog, run),
    clarifications: run.questions,
  } as unknown as Json;
}
