import { ApplicationFailure, Context } from '@temporalio/activity';
import type { ExecutionStart, WantedByStep } from '../../schemas/definition/run';
import { foreignFaults } from '../../src/contracts/foreign-schema';
import { sha256 } from '../../src/documents/json';
import type { Documents } from '../../src/documents/content';
import type { DefinitionStore } from '../../src/documents/definitions';
import type { RunSettings } from '../../src/runs/ports';
import { executionOptions, executionStart } from '../../src/runs/definition/execution';
import { workflowIdOf } from '../../src/temporal/ids';
import { renderTemplate } from '../tools/arguments';
import { withStore } from '../engine/values';

export interface ExecutionActivityParts {
  documents: Pick<Documents, 'fromValue' | 'getValue' | 'toValue'>;
  definitions: Pick<DefinitionStore, 'readVersion'>;
  settings: Pick<RunSettings, 'namespace' | 'approvalSignals' | 'clarification'>;
}

/** Activities of steps that execute a definition. */
export function createExecutionActivities({ documents, definitions, settings }: ExecutionActivityParts) {
  return {
    /**
     * All that the execution is started with, by the run that wants it. Fails for good with `workflow.unknown` where there is
     * no such version, `workflow.input` where its input does not fit, and where the step's arguments cannot be rendered.
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
        const faults = foreignFaults(version.content.input_schema, input);
        const words = faults.map(({ pointer, detail }) => `${pointer || 'the input'} ${detail}`).join('; ');
        if (faults.length > 0) throw refused('input', `the input does not fit ${uses}: ${words}`.slice(0, 2_000));
        const execution_id = `${id.slice(0, 40)}-${sha256(key).slice(0, 16)}`;
        return executionStart({
          ...{ execution_id, version, correlation_id, request_digest: sha256(key) },
          workflow_id: workflowIdOf(settings.namespace, 'definition', execution_id),
          input: await documents.toValue(input),
          requested_by: Context.current().info.workflowExecution?.workflowId ?? uses,
          options: executionOptions(settings),
        });
      });
    },
  };
}

const refused = (type: string, message: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, `workflow.${type}`);
