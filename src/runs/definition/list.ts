import { attributeNames } from '../../../schemas/search-attributes';
import type { DefinitionVersion, ExecutionView } from '../../../schemas/definition/run';
import { queueName } from '../../temporal/ids';
import { explainFault } from '../faults';
import { createRunList, type ListedRun, type Narrowing, type RunList, type RunListRequest } from '../list-runs';
import type { RunDependencies } from '../ports';
import type { ExecutionMemo } from '../../../schemas/definition/run';
import { definitionKey } from './execution';

/** An execution as lists show it. */
export interface ListedExecution extends ListedRun {
  execution_id: string;
  definition: DefinitionVersion;
  requested_by: string;
  /** of a re-run: the execution that it came from */
  rerun_of?: string;
}

/** Executions that are wanted; `started_after` and `started_before` are instants, ISO 8601. */
export interface ExecutionFilter {
  definition_id?: string;
  version?: number;
  /** the execution that they came from by a re-run */
  rerun_of?: string;
  started_after?: string;
  started_before?: string;
}

/** Lists executions; see {@link createRunList} for their order. */
export function createExecutionList(dependencies: RunDependencies) {
  const list = createRunList<ListedExecution>(dependencies, {
    process: 'definition',
    listed: (run, subject, memo) => {
      const of = <K extends keyof ExecutionMemo>(name: K) => memo(name) as ExecutionMemo[K] | undefined;
      return {
        ...run,
        execution_id: subject,
        definition: { id: of('definition_id') ?? '', version: of('version') ?? 0, name: of('name') ?? '' },
        requested_by: of('requested_by') ?? '',
        rerun_of: of('rerun_of'),
      };
    },
    recorded: (run, { subject, view }) => {
      const { definition, requested_by, rerun_of } = view as unknown as ExecutionView;
      return { ...run, execution_id: subject.id, definition, requested_by, rerun_of };
    },
  });
  return (request: RunListRequest, filter: ExecutionFilter): Promise<RunList<ListedExecution>> =>
    list({ ...request, narrowed: narrowingOf(filter) });
}

/** Ids of executions under way of a definition, at most so many. */
export function createOpenExecutions({ temporal, settings }: Pick<RunDependencies, 'temporal' | 'settings'>) {
  return async function openExecutions(id: string, most: number): Promise<string[]> {
    const query = [
      `TaskQueue = '${queueName(settings.namespace, 'workflows')}'`,
      `AweDefinition STARTS_WITH '${definitionKey(id, '')}'`,
      "ExecutionStatus = 'Running'",
    ].join(' AND ');
    try {
      return await temporal.call(async (client) => {
        const found: string[] = [];
        for await (const { typedSearchAttributes } of client.workflow.list({ query, pageSize: most })) {
          const subject = typedSearchAttributes.getAll().find(({ key }) => key.name === attributeNames.subject);
          found.push(String(subject?.value ?? ''));
          if (found.length >= most) break;
        }
        return found;
      });
    } catch (error) {
      throw await explainFault(temporal, error, { noun: 'list of executions' });
    }
  };
}

function narrowingOf(filter: ExecutionFilter): Narrowing | undefined {
  const { definition_id, version, rerun_of, started_after, started_before } = filter;
  const parts = [
    ...(definition_id === undefined
      ? []
      : version === undefined
        ? [`AweDefinition STARTS_WITH '${definitionKey(definition_id, '')}'`]
        : [`AweDefinition = '${definitionKey(definition_id, version)}'`]),
    ...(rerun_of === undefined ? [] : [`AweRerunOf = '${rerun_of}'`]),
    ...(started_after === undefined ? [] : [`StartTime >= '${started_after}'`]),
    ...(started_before === undefined ? [] : [`StartTime < '${started_before}'`]),
  ];
  if (parts.length === 0) return undefined;
  return {
    query: parts.join(' AND '),
    holds({ view, started_at }) {
      const { definition, ...execution } = view as unknown as ExecutionView;
      const at = Date.parse(started_at);
      return (
        (definition_id === undefined || definition.id === definition_id) &&
        (version === undefined || definition.version === version) &&
        (rerun_of === undefined || execution.rerun_of === rerun_of) &&
        (started_after === undefined || at >= Date.parse(started_after)) &&
        (started_before === undefined || at < Date.parse(started_before))
      );
    },
  };
}
