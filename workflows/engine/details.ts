import type { ApprovalView, Pause, SignalPolicy } from '../../schemas/run';

/** Facts of a run that its page in Temporal's Web UI shows. */
export interface Shown {
  title: string;
  workflowId: string;
  status: string;
  questions: ApprovalView[];
  paused?: Pause;
  signals: SignalPolicy;
  error?: { type: string; message: string };
  /** a process's own way to answer a question, as a command or an address */
  answerBy?: (approvalId: string) => string;
}

/** A page of Markdown: the state, and for each open question who may answer until when, and how. */
export function detailsOf(shown: Shown): string {
  const { title, workflowId, status, questions, paused, error } = shown;
  const open = questions.filter((question) => question.status === 'open');
  const resume = `\`POST /runs/${workflowId}/resume\``;
  return [
    `**${title}**: ${status}`,
    ...(error ? [`Why: ${error.message} (\`${error.type}\`)`] : []),
    ...(paused
      ? [
          `Paused by ${paused.by}${paused.through ? ` through ${paused.through}` : ''} since ${minute(paused.since)}: no step begins. To go on: ${resume}`,
        ]
      : []),
    ...open.map((question) => questionOf(question, shown)),
    // the page may cut off its last line
    `All of it: \`awe runs show ${workflowId}\``,
  ].join('\n\n');
}

function questionOf(question: ApprovalView, { workflowId, signals, answerBy }: Shown): string {
  const { approval_id, question: words, choices, assignee, rules, requested_at, expires_at } = question;
  const not = (rules?.parties ?? []).map(({ by, not, why }) => `${by} ${why}: not \`${not.join('`, `')}\``);
  const body = JSON.stringify({ approval_id, choice: choices[0] });
  const signal = JSON.stringify({ approval_id, choice: choices[0], by: 'your name' });
  return [
    `Waits for **${assignee ?? 'a person'}** since ${minute(requested_at)}, until **${minute(expires_at)}**:`,
    `> ${words.replaceAll('\n', '\n> ')}`,
    [
      `- choices: \`${choices.join('`, `')}\``,
      ...not.map((rule) => `- ${rule}`),
      ...(answerBy ? [`- answer: ${answerBy(approval_id)}`] : []),
      `- for any question: \`POST /runs/${workflowId}/decide\` with \`${body}\``,
      ...(signals === 'accept' ? [`- or here, by the signal \`decide\` with \`${signal}\``] : []),
    ].join('\n'),
  ].join('\n\n');
}

/** An instant to the minute, UTC. */
const minute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;
