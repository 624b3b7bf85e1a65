import { ApplicationFailure, CancellationScope, ContinueAsNew } from '@temporalio/workflow';
import type { AuditInput, WorkToAudit } from '../../schemas/audit/run';
import type { Json } from '../../schemas/json';
import type { Ref } from '../../schemas/refs';
import type { Decision } from '../../schemas/run';
import type { Reply } from '../../core/engine/job';
import type { Question } from '../engine/approvals';
import { failureOf } from '../engine/failure';
import type { Followed, Run } from '../engine/run';

const questions = {
  en: 'The request holds no rows of work, and none are made up. Which work is to be audited? Provide rows (category, estimated_minutes, text), or decline to get what can be said without them.',
  fr: "La demande ne contient aucune ligne de travail, et aucune n'est inventée. Quel travail faut-il auditer ? Fournissez les lignes (category, estimated_minutes, text), ou refusez pour obtenir ce qui peut être dit sans elles.",
};

const faults = {
  en: 'The rows that were given could not be used',
  fr: "Les lignes fournies n'ont pas pu être utilisées",
};

/** Milliseconds that a model has, with all repairs, to word the question; afterwards the rules word it alone. */
const WORDING = 60_000;

/**
 * The question for rows: words of a model, where there are any, before those of the rules, which say how to answer;
 * after an answer that could not be used, the reason.
 */
export function questionForRows(
  input: AuditInput,
  asked: number,
  { words, fault }: { words?: string | null; fault?: string },
): Question {
  const { language, options } = input;
  const before = fault === undefined ? words : `${faults[language]}: ${fault}`;
  const question = before ? `${before} ${questions[language]}` : questions[language];
  return {
    id: asked === 1 ? 'rows' : `rows-${asked}`,
    kind: 'missing_rows',
    question,
    choices: ['provide', 'decline'],
    remindAfter: options.remind_after,
    escalateAfter: options.escalate_after,
    expireAfter: options.expire_after,
  };
}

/** A model's words that ask for the rows, accepted by code; null if no model is asked or it is late. */
export async function wordsForRows(run: Run, input: AuditInput): Promise<string | null> {
  const { project_id, request_text, language } = input;
  const plan = await run.once('rows_plan', () =>
    run.work.io('planRowsQuestion', { project_id, request_text, language }, 'plan the question for rows'),
  );
  return plan === null ? null : await run.once('rows_words', () => wordsInTime(run, plan));
}

/** The question is asked even if the plan fails. A run that continues as new goes on following it. */
async function wordsInTime(run: Run, plan: Ref): Promise<string | null> {
  const wording = new CancellationScope();
  let end: { followed: Followed } | { error: unknown } | undefined;
  const following = wording
    .run(() => run.follow(plan, { inline: null }))
    .then(
      (followed) => void (end = { followed }),
      (error: unknown) => void (end = { error }),
    );
  if (!(await run.work.within(following, WORDING, 'a model words the question'))) wording.cancel();
  await following;
  if (!end || 'error' in end) {
    if (end?.error instanceof ContinueAsNew) throw end.error;
    return null;
  }
  const { result } = end.followed;
  const asked = 'inline' in result && isObject(result.inline) ? result.inline['asked'] : null;
  return isObject(asked) && typeof asked['words'] === 'string' ? asked['words'] : null;
}

/** Faults of an answer at first sight: it is refused, and the question stays open. */
export function faultOfAnswer(kind: string, { choice, data }: Decision): string | undefined {
  if (kind !== 'missing_rows' || choice !== 'provide') return undefined;
  const context = isObject(data) ? data['work_context'] : undefined;
  if (!isObject(context))
    return 'data.work_context: the rows that are to be audited, as {rows: [{category, estimated_minutes, text}]}';
  const rows = '$ref' in context ? isObject(data) && Number(data['rows']) > 0 : isFilled(context['rows']);
  return rows ? undefined : 'data.work_context.rows: at least one row';
}

export function declined(reply: Extract<Reply, { outcome: 'decided' }>): boolean {
  return reply.decision.choice !== 'provide';
}

/** Adds the rows of an answer to the facts of the request, or says what is wrong with them. */
export async function acceptRows(run: Run, input: AuditInput, answer: Json): Promise<WorkToAudit | string> {
  try {
    return await run.work.io('acceptRows', { base: input.work_context ?? null, answer }, 'take over the rows');
  } catch (error) {
    const failure = failureOf(error);
    if (failure.type === 'work_context.invalid') return failure.message;
    throw ApplicationFailure.nonRetryable(failure.message, failure.type);
  }
}

function isObject(value: unknown): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
