import { ExpressionError, render } from '../../core/plan/expressions';
import type { ExecutionAccepted, ExecutionRequested } from '../../schemas/definition/api';
import type { Json, JsonObject } from '../../schemas/json';
import {
  hookControls,
  type HookControl,
  type HookDecide,
  type HookStart,
  type StoredHook,
} from '../../schemas/webhooks/hooks';
import { inputErrors } from '../../src/definition/input';
import type { DefinitionStore } from '../../src/documents/definitions';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import type { Runs } from '../../src/runs';
import { newExecutionId } from '../../src/runs/definition/start';
import { verify, type Distrust } from '../../src/webhooks/signature';
import type { Hooks } from '../../src/webhooks/hooks';
import { executionLinks } from '../definition/views';
import { startOnce } from '../idempotent';
import type { UiUrl, WorkflowIdOf } from '../links';
import type { Call, Reply } from '../part';
import { HttpProblem } from '../problem';

export interface ReceiverParts {
  runs: Pick<Runs, 'startExecution' | 'decide' | 'control' | 'readExecution'>;
  hooks: Hooks;
  definitions: Pick<DefinitionStore, 'readLatest'>;
  idempotency: IdempotencyStore;
  workflowIdOf: WorkflowIdOf;
  uiUrl: UiUrl;
}

/** Characters of a `webhook-id`. */
const LONGEST_ID = 255;

/** A message that is believed. */
interface Message {
  id: string;
  text: string;
  says: Json;
}

/** Does what a hook says for a message of somebody else's server. */
export function createReceiver(parts: ReceiverParts) {
  const { runs, hooks, definitions, idempotency, workflowIdOf, uiUrl } = parts;

  /** The message of a call. @throws HttpProblem 401 where no secret has signed it, 400 where it is stale or no JSON */
  function messageIn({ req, text = '' }: Call, hook: StoredHook): Message {
    const id = req.get('webhook-id')?.slice(0, LONGEST_ID);
    const [timestamp, signatures] = [req.get('webhook-timestamp'), req.get('webhook-signature')];
    const distrust = verify(hooks.secretsOf(hook), { id, timestamp, signatures, body: text }, Date.now());
    if (distrust !== undefined || id === undefined) throw refusals[distrust ?? 'unsigned']();
    try {
      return { id, text, says: JSON.parse(text) as Json };
    } catch {
      throw new HttpProblem('bad-request', 'The message is not JSON.');
    }
  }

  async function start(hook: StoredHook, { workflow, input: template }: HookStart, message: Message): Promise<Reply> {
    const stored = await definitions.readLatest(workflow);
    if (!stored?.content)
      throw new HttpProblem('conflict', `Workflow ${workflow}, which this hook starts, is not there any more.`);
    const input = template === undefined ? message.says : filled(template, message);
    if (typeof input !== 'object' || input === null || Array.isArray(input))
      throw new HttpProblem('invalid', 'The message is no object, and the hook says no `input` to make of it.');
    const errors = inputErrors(stored.content, input);
    if (errors.length > 0)
      throw new HttpProblem('invalid', 'The message makes no input that fits the workflow; see errors.', { errors });
    const definition = { id: stored.id, version: stored.version, name: stored.content.name };
    const by = nameOf(hook);
    return await startOnce(idempotency, {
      ...{ key: message.id, principal: by, route: 'POST /api/v1/hooks', body: message.text, name: newExecutionId() },
      async start(execution_id) {
        const { workflow_id } = await runs.startExecution({ execution_id, version: stored, input, requested_by: by });
        const links = executionLinks(execution_id, workflow_id, stored.id, uiUrl);
        return { execution_id, definition, workflow_id, status: 'accepted', links } satisfies ExecutionAccepted;
      },
    });
  }

  async function decide(hook: StoredHook, template: HookDecide, message: Message): Promise<Reply> {
    const values = filled(template, message) as JsonObject;
    const [execution_id = '', approval_id = '', choice = '', comment] = [
      ...['execution_id', 'approval_id', 'choice'].map((name) => wordIn(values, name)),
      values['comment'] === undefined ? undefined : wordIn(values, 'comment'),
    ];
    const taken = await runs.decide(workflowIdOf('definition', execution_id), {
      ...{ approval_id, choice, comment, by: nameOf(hook), roles: ['approver'], idempotency_key: message.id },
    });
    return { body: taken };
  }

  async function control(hook: StoredHook, template: HookControl, message: Message): Promise<Reply> {
    const values = filled(template, message) as JsonObject;
    const [execution_id, word] = [wordIn(values, 'execution_id'), wordIn(values, 'control')];
    const requested = hookControls.find((one) => one === word);
    if (!requested) throw new HttpProblem('invalid', `The message makes no control: ${hookControls.join(', ')}.`);
    const by = nameOf(hook);
    const { run, view } = await runs.readExecution(execution_id);
    const { workflow_id } = run;
    return await startOnce(idempotency, {
      ...{ key: message.id, principal: by, route: 'POST /api/v1/hooks', body: message.text, name: execution_id },
      async start() {
        await runs.control(workflow_id, requested, by);
        const links = executionLinks(execution_id, workflow_id, view.definition.id, uiUrl);
        return { execution_id, workflow_id, requested, links } satisfies ExecutionRequested;
      },
    });
  }

  return async function receive(call: Call): Promise<Reply> {
    const hook = await hooks.read(call.params.id ?? '');
    const message = messageIn(call, hook);
    if (hook.start) return await start(hook, hook.start, message);
    if (hook.decide) return await decide(hook, hook.decide, message);
    if (hook.control) return await control(hook, hook.control, message);
    throw new Error(`hook ${hook.id} does nothing`);
  };
}

/** Who has asked for what a hook does. */
const nameOf = ({ id }: StoredHook): string => `hook:${id}`;

const refusals: Record<Distrust, () => HttpProblem> = {
  unsigned: () =>
    new HttpProblem(
      'bad-request',
      'Send webhook-id, webhook-timestamp and webhook-signature, as Standard Webhooks say.',
    ),
  forged: () => new HttpProblem('unauthorized', 'No secret of this hook has signed the message.'),
  stale: () =>
    new HttpProblem('bad-request', 'The message is over five minutes old, or its webhook-timestamp is in the future.'),
};

/** A template filled in with a message. @throws HttpProblem 422 where an expression has no value */
function filled(template: JsonObject, { says }: Message): Json {
  try {
    return render(template, { input: says });
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new HttpProblem('invalid', `The message does not have what this hook reads: ${error.message}`);
  }
}

function wordIn(values: JsonObject, name: string): string {
  const value = values[name];
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number') return String(value);
  throw new HttpProblem('invalid', `The message makes no ${name}, which has to be a text.`);
}
