import type {
  ExecutionAccepted,
  ExecutionRequested,
  RerunPreview,
  RerunRequest,
  RetryRequest,
} from '../../schemas/definition/api';
import type { Json } from '../../schemas/json';
import type { PublishedCatalogue } from '../../src/catalogue/published';
import type { DefinitionStore } from '../../src/documents/definitions';
import type { IdempotencyStore } from '../../src/documents/idempotency';
import type { RecordStore } from '../../src/documents/records';
import type { ValueStore } from '../../src/documents/values';
import type { Effects } from '../../src/effects/effects';
import type { Runs } from '../../src/runs';
import type { Content } from '../../src/runs/definition/library';
import { goOn } from '../../src/runs/definition/go-on';
import { assertConfirmed } from '../../src/runs/definition/repeats';
import { planRerun, type PlannedRerun } from '../../src/runs/definition/rerun';
import { newExecutionId } from '../../src/runs/definition/start';
import { RunError } from '../../src/runs/errors';
import { idempotencyKey } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import type { UiUrl, WorkflowIdOf } from '../links';
import type { Call, Reply } from '../part';
import { readOffered } from './read';
import { executionLinks } from './views';

export interface AgainDependencies {
  runs: Pick<Runs, 'startExecution' | 'goOnExecution' | 'readExecution' | 'readAllSteps'>;
  definitions: Pick<DefinitionStore, 'readVersion'>;
  catalogue: Pick<PublishedCatalogue, 'read'>;
  values: Pick<ValueStore, 'putValue' | 'getValue' | 'fromValue'>;
  records: Pick<RecordStore, 'readRecord'>;
  effects: Effects;
  idempotency: IdempotencyStore;
  workflowIdOf: WorkflowIdOf;
  uiUrl: UiUrl;
}

/** Answers of the addresses that let an ended execution go on, or run again from one of its steps. */
export function againRoutes(deps: AgainDependencies) {
  const { runs, values, uiUrl } = deps;
  const executionIdOf = ({ params }: Call) => params.execution_id ?? '';

  /** A new execution, started under an id; the rows that it takes over are kept first. */
  async function start(call: Call, { version, input, rows }: PlannedRerun, execution_id: string) {
    const { from_step } = call.body as RerunRequest;
    const rerun = { of: executionIdOf(call), from_step, table: await values.putValue(rows as unknown as Json) };
    const { workflow_id } = await runs.startExecution({
      ...{ execution_id, version, input, requested_by: call.principal.name, rerun },
    });
    const { id, version: number, content } = version as Content;
    return {
      ...{ execution_id, definition: { id, version: number, name: content.name } },
      ...{ rerun_of: rerun.of, from_step, workflow_id, status: 'accepted' },
      links: executionLinks(execution_id, workflow_id, id, uiUrl),
    } satisfies ExecutionAccepted;
  }

  return {
    async retryExecution(call: Call): Promise<Reply> {
      const { confirm_effects: confirmed } = call.body as RetryRequest;
      const execution_id = executionIdOf(call);
      const by = call.principal.name;
      const { run, view } = await runs.readExecution(execution_id);
      const parts = { ...deps, catalogue: await readOffered(deps) };
      const goesOn = await runs.goOnExecution(execution_id, by, (record, left) =>
        goOn(parts, record, left, { by, confirmed }),
      );
      if (!goesOn) throw underWay();
      const links = executionLinks(execution_id, run.workflow_id, view.definition.id, uiUrl);
      const { workflow_id } = run;
      return {
        status: 202,
        body: { execution_id, workflow_id, requested: 'retry', links } satisfies ExecutionRequested,
      };
    },

    async rerunExecution(call: Call): Promise<Reply> {
      const { preview, confirm_effects, execution_id: wished, ...wanted } = call.body as RerunRequest;
      const rerun_of = executionIdOf(call);
      const now = await runs.readExecution(rerun_of);
      const planned = await planRerun(deps, await readOffered(deps), now, wanted);
      const { runs: again, keeps, effects } = planned;
      const { from_step } = wanted;
      const { definition } = now.view;
      if (preview)
        return { body: { rerun_of, from_step, definition, runs: again, keeps, effects } satisfies RerunPreview };
      assertConfirmed(effects, confirm_effects);
      const name = wished ?? newExecutionId();
      const key = idempotencyKey(call.req);
      if (key === undefined) return acceptedReply(await start(call, planned, name));
      return await startOnce(deps.idempotency, {
        ...{ key, name, principal: call.principal.name, body: call.body },
        route: `POST /api/v1/executions/${rerun_of}/rerun`,
        start: (execution_id) => start(call, planned, execution_id),
      });
    },
  };
}

const underWay = (): RunError =>
  new RunError('closed', 'Only an execution that has failed or was cancelled can be retried; this one is under way.');
