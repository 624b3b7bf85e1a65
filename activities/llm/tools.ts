import { Type } from 'typebox';
import type { Json } from '../../schemas/json';
import { LlmAnswer, type LlmQuestion } from '../../schemas/llm-call';
import { refTo, type Ref } from '../../schemas/refs';
import { Verdict, type Finding } from '../../schemas/tool';
import type { CallOptions, LlmClient, Question, Said } from '../../src/llm/client';
import { ROUNDS } from '../../src/llm/steps';
import { defineTool } from '../tools/define';
import { compileSchema } from '../tools/schema';
import type { Tool, ToolContext } from '../tools/tool';
import { assertAnswered, llmError, llmErrors, llmFault } from './faults';
import { assertModel, assertPrompt, lockedQuestion, lockErrors } from './locks';
import { parseAnswer } from './parse-answer';

/** Rules for the answers to a task, besides their schema. Pure; `facts` are those of the question. */
export type Judge = (value: Json, facts: Json) => Finding[];

/** Judges by task. */
export type Judges = Readonly<Record<string, Judge>>;

export interface LlmToolParts {
  client: LlmClient;
  /** of a call, in all */
  attempts: number;
  judges: Judges;
}

/** Milliseconds of an attempt: longer than the gateway's queue and its provider may take together. */
const TIMEOUT = 170_000;

/** Milliseconds that the client has less than its activity, so that its own error ends the call. */
const MARGIN = 2_000;

/** Characters of a bad answer that the model is shown again. */
const SHOWN = 20_000;

/**
 * The two tools of structured output. A step asks with `llm.structured`, until `llm.check` accepts: each repair is a
 * round of the step, and so an activity of its own that the history shows.
 */
export function createLlmTools({ client, attempts, judges }: LlmToolParts): Tool[] {
  const about = { version: '1.0.0', risk: 'low', approval: false } as const;
  return [
    defineTool({
      ...about,
      name: 'llm.structured',
      description: 'Asks a model for JSON that keeps a schema; in a rework it is told what was wrong',
      input: Type.Object({ question: refTo<LlmQuestion>() }),
      output: LlmAnswer,
      // its only effect is money spent, which the gateway bounds
      effect: 'idempotent',
      timeout: TIMEOUT,
      retry: { attempts, initialMs: 500, backoff: 2, maxMs: 30_000 },
      errors: { ...llmErrors, ...lockErrors },
      run: async ({ question }, context) => await ask(client, question, context),
      async simulate() {
        throw llmError('llm.unavailable', 'a simulation asks no model', { reason: 'simulate' });
      },
    }),
    defineTool({
      ...about,
      name: 'llm.check',
      description: 'Holds the answer of a model against the schema that was asked for, and against the task’s facts',
      input: Type.Object({ answer: LlmAnswer }),
      output: Verdict,
      effect: 'none',
      local: true,
      timeout: 2_000,
      retry: { attempts: 4, initialMs: 500, backoff: 2, maxMs: 10_000 },
      errors: { 'llm.bad_output': 'permanent' },
      async run({ answer: { question, value } }, { documents, round }) {
        const asked = await documents.getValue(question);
        const findings = value === null ? [notJson] : judge(asked, await documents.getValue(value), judges);
        if (findings.length > 0 && round >= ROUNDS)
          throw llmError('llm.bad_output', `not accepted after ${round} answers: ${inWords(findings)}`);
        return { accepted: findings.length === 0, findings };
      },
    }),
  ];
}

async function ask(client: LlmClient, question: Ref<LlmQuestion>, context: ToolContext<LlmAnswer>): Promise<LlmAnswer> {
  const { documents, workflow_id: run, limits, locks, signal, deadline, rework } = context;
  const asked = await documents.getValue(question);
  assertPrompt(locks, asked.prompt);
  const messages = [...asked.messages];
  if (rework) {
    const said = await documents.getValue(rework.previous.answer);
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    messages.push(
      { role: 'assistant', content: text.slice(0, SHOWN) },
      { role: 'user', content: mend[asked.prompt.language](inWords(rework.findings)) },
    );
  }
  const { task, schema, max_tokens } = asked;
  const wording = { task, messages, schema, max_tokens, ...lockedQuestion(locks) };
  const said = await context.exchange('model', wording, (wanted) =>
    answered(client, wanted, { run, limits, signal, timeout: Math.max(1, deadline - Date.now() - MARGIN) }),
  );
  assertModel(locks, said);
  assertAnswered(said);
  const text = said.text.toWellFormed();
  const value = parseAnswer(text);
  return {
    question,
    answer: await documents.putValue(text),
    value: value === undefined ? null : await documents.putValue(value),
    model: said.model,
    prompt: asked.prompt,
    tokens: said.tokens,
    cost: said.cost,
  };
}

async function answered(client: LlmClient, question: Question, options: CallOptions): Promise<Said> {
  try {
    return await client.ask(question, options);
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    throw llmFault(error);
  }
}

/** Findings stand in the history, so they never repeat a model's text. */
function judge({ task, schema, facts }: LlmQuestion, value: Json, judges: Judges): Finding[] {
  const problems = compileSchema(schema)(value, 0).slice(0, 5);
  if (problems.length > 0)
    return problems.map(({ pointer, message }) => ({
      code: 'schema',
      message: message.replace(/ \(.*\)$/, ''),
      pointer,
    }));
  return Object.hasOwn(judges, task) ? (judges[task]?.(value, facts) ?? []).slice(0, 10) : [];
}

const notJson: Finding = { code: 'json', message: 'the answer is not JSON' };

const inWords = (findings: readonly Finding[]): string =>
  findings
    .map(({ code, message, pointer }) => `${code}${pointer ? ` at ${pointer}` : ''}: ${message}`)
    .join('; ')
    .slice(0, 1_500);

const mend = {
  en: (found: string) => `Your answer is not accepted: ${found}. Answer again, with the JSON alone.`,
  fr: (found: string) => `Votre réponse n'est pas acceptée : ${found}. Répondez de nouveau, par le JSON seul.`,
};
