import { ApplicationFailure, Context } from '@temporalio/activity';
import type { ToolCatalogue } from '../../core/plan/catalogue';
import type { ExecutionInput, ExecutionStart, WantedByStep } from '../../schemas/definition/run';
import type { Value } from '../../schemas/refs';
import { foreignWords } from '../../src/contracts/foreign-schema';
import { sha256 } from '../../src/documents/json';
import type { Documents } from '../../src/documents/content';
import type { DefinitionStore } from '../../src/documents/definitions';
import type { RecordStore } from '../../src/documents/records';
import type { Effects } from '../../src/effects/effects';
import type { RunSettings } from '../../src/runs/ports';
import { RunError } from '../../src/runs/errors';
import { childExecutionId, executionOptions, executionStart } from '../../src/runs/definition/execution';
import { goOn } from '../../src/runs/definition/go-on';
import { carriedOf } from '../../src/runs/retry';
import { workflowIdOf } from '../../src/temporal/ids';
import { renderTemplate } from '../tools/arguments';
import { withStore } from '../engine/values';

export interface ExecutionActivityParts {
  documents: Pick<Documents, 'fromValue' | 'getValue' | 'putValue' | 'toValue'>;
  definitions: Pick<DefinitionStore, 'readVersion'>;
  records: Pick<RecordStore, 'readRecord'>;
  effects: Effects;
  catalogue: ToolCatalogue;
  settings: Pick<RunSettings, 'namespace' | 'approvalSignals' | 'clarification'>;
}

/** Activities of steps that execute a definition. */
export function createExecutionActivities(parts: ExecutionActivityParts) {
  const { documents, definitions, records, settings } = parts;
  const workflowId = (process: 'definition', name: string) => workflowIdOf(settings.namespace, process, name);

  /** The execution from where it has ended: a run that is retried goes on within it. */
  async function goneOn(start: ExecutionStart, by: string): Promise<ExecutionStart> {
    const record = await records.readRecord(start.workflow_id);
    if (record?.status === 'completed' && 'inline' in record.result)
      return { ...start, result: record.result.inline as unknown as Value };
    if (!record?.left) return start;
    const { input, summary, ...state } = await goOn(
      { ...parts, values: documents, workflowIdOf: workflowId },
      record,
      record.left,
      { by },
    ).catch((error: unknown) => {
      if (!(error instanceof RunError)) throw error;
      const words = `${start.input.execution_id}, which it has executed: ${error.message} Retry that execution first.`;
      throw refused('effects', words);
    });
    const carried = await carriedOf(documents, record, state, by);
    return { ...start, input: input as ExecutionInput, summary, carried };
  }

  return {
    /**
     * All that the execution is started with, by the run that wants it. Fails for good with `workflow.unknown` where there is
     * no such version, `workflow.input` where its input does not fit, `workflow.effects` where it has ended before and
     * might do something twice, and where the step's arguments cannot be rendered.
     */
    async prepareExecution({ uses, arguments: given, key, correlation_id }: WantedByStep): Promise<ExecutionStart> {
      return await withStore(async () => {
        const [id = '', number] = uses.split('@');
        const version = await definitions.readVersion(id, Number(number));
        if (!version?.content) throw refused('unknown', `there is no workflow ${uses}`);
        const input =
          'value' in given
            ? await documents.fromValue(given.value)
            : await renderTemplate(documents, given.template, given.scope);
        const words = foreignWords(version.content.input_schema, input);
        if (words !== '') throw refused('input', `the input does not fit ${uses}: ${words}`.slice(0, 2_000));
        const execution_id = childExecutionId(uses, key);
        const by = Context.current().info.workflowExecution?.workflowId ?? uses;
        const start = executionStart({
          ...{ execution_id, version, correlation_id, request_digest: sha256(key) },
          workflow_id: workflowId('definition', execution_id),
          input: await documents.toValue(input),
          requested_by: by,
          options: executionOptions(settings),
        });
        return await goneOn(start, by);
      });
    },
  };
}

const refused = (type: string, message: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, `workflow.${type}`);
