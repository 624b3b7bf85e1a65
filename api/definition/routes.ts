import type { ExecutionAccepted, NewExecution, RollbackRequest } from '../../schemas/definition/api';
import type { SimulationRequest } from '../../schemas/definition/simulation';
import { differenceOf } from '../../src/definition/difference';
import { writeYaml } from '../../src/definition/yaml';
import type { DefinitionStore } from '../../src/documents/definitions';
import { withCalls } from '../../src/transcripts/calls';
import type { Transcripts } from '../../src/transcripts/transcripts';
import type { Control, Runs } from '../../src/runs';
import { decodeCursor, encodeCursor } from '../../src/runs/cursor';
import { createLibrary, newDefinitionId, type Content } from '../../src/runs/definition/library';
import { newExecutionId } from '../../src/runs/definition/start';
import { idempotencyKey, ifMatch, listRequestOf, positionOf } from '../http';
import { acceptedReply, startOnce } from '../idempotent';
import type { Follower } from '../live/follow';
import { streamEvents } from '../live/stream';
import type { Call, Handlers, Reply } from '../part';
import { HttpProblem, withRun } from '../problem';
import { againRoutes, type AgainDependencies } from './again';
import type { definitionContracts } from './contract';
import { assertInput } from './input';
import { readDefinition, readSound } from './read';
import { simulateDraft, simulateStored, type SimulationDependencies } from './simulate';
import { definitionListedOf, definitionOf, executionLinks, executionListedOf, executionOf, versionOf } from './views';
import { waitOf } from './wait';

export interface DefinitionDependencies extends AgainDependencies, Omit<SimulationDependencies, 'values'> {
  runs: AgainDependencies['runs'] &
    Pick<
      Runs,
      | 'commitVersion'
      | 'makeChange'
      | 'listExecutions'
      | 'openExecutions'
      | 'readExecutedSteps'
      | 'readStepsWithin'
      | 'readInput'
      | 'readResult'
      | 'readAttempts'
      | 'awaitExecution'
      | 'control'
    >;
  definitions: DefinitionStore;
  transcripts: Transcripts;
  follower: Follower;
}

export function definitionRoutes(deps: DefinitionDependencies): Handlers<typeof definitionContracts> {
  const { runs, definitions, values, uiUrl } = deps;
  const library = createLibrary({ definitions, values, runs });
  const idOf = ({ params }: Call) => params.id ?? '';
  const executionIdOf = ({ params }: Call) => params.execution_id ?? '';
  const wanted = (call: Call) => ({ id: idOf(call), by: call.principal.name, expected: expectedIn(call) });

  /** An execution as it is now, with a page of its steps; of those within a loop where one is named. */
  async function execution(executionId: string, from: number, limit: number, within?: string) {
    const now = await runs.readExecution(executionId);
    const retrying = await runs.readAttempts(now.run);
    const page = { from, limit, retrying };
    const [{ steps, next, costs }, input, result] = await Promise.all([
      within === undefined ? runs.readExecutedSteps(now, page) : runs.readStepsWithin(now, within, page),
      runs.readInput(now),
      runs.readResult(now.run),
    ]);
    const next_cursor = next === undefined ? undefined : encodeCursor(next);
    const shown = await withCalls(steps, deps.transcripts.of(now.run.workflow_id));
    return executionOf(now, { within, steps: shown, costs, next_cursor, input, result, retrying }, uiUrl);
  }

  const versionOrNewest = (call: Call, { version }: { version?: number }): Promise<Content> =>
    version === undefined ? library.read(idOf(call)) : library.readVersion(idOf(call), version);

  async function start(call: Call, stored: Content, request: NewExecution, execution_id: string) {
    const input = request.input_data ?? {};
    const { workflow_id } = await runs.startExecution({
      ...{ execution_id, version: stored, input, requested_by: call.principal.name },
    });
    const { id, version, content } = stored;
    const definition = { id, version, name: content.name };
    const links = executionLinks(execution_id, workflow_id, id, uiUrl);
    return { execution_id, definition, workflow_id, status: 'accepted', links } satisfies ExecutionAccepted;
  }

  /** 202, the same for the same key. */
  async function accepted(call: Call, stored: Content, request: NewExecution): Promise<Reply> {
    const name = request.execution_id ?? newExecutionId();
    const key = idempotencyKey(call.req);
    if (key === undefined) return acceptedReply(await start(call, stored, request, name));
    return await startOnce(deps.idempotency, {
      ...{ key, name, principal: call.principal.name, body: call.body },
      route: `POST /api/v1/workflows/${idOf(call)}/execute`,
      start: (execution_id) => start(call, stored, request, execution_id),
    });
  }

  return {
    async createDefinition(call) {
      const checked = await readSound(call, deps);
      const id = checked.id ?? newDefinitionId();
      const stored = await library.create({ id, by: call.principal.name }, checked);
      return shown(call, stored, 201);
    },
    async listDefinitions({ query: { cursor, limit } }) {
      const after = cursor === undefined ? undefined : decodeCursor(String(cursor), isText);
      const { page, next } = await library.list(after, Number(limit ?? 50));
      const next_cursor = next === undefined ? undefined : encodeCursor(next);
      return { body: { workflows: page.map(definitionListedOf), next_cursor } };
    },
    async validateDefinition(call) {
      const result = await readDefinition(call, deps);
      if ('faults' in result) return { body: { valid: false, faults: result.faults } };
      const { id, content, plan } = result;
      return { body: { valid: true, faults: [], definition: { id, ...content }, plan } };
    },
    async getDefinition(call) {
      return shown(call, await library.read(idOf(call)));
    },
    async changeDefinition(call) {
      const checked = await readSound(call, deps);
      if (checked.id !== undefined && checked.id !== idOf(call)) {
        const detail = `is ${checked.id}, and the address says ${idOf(call)}`;
        throw new HttpProblem('invalid', 'The id does not fit the address.', { errors: [{ pointer: '/id', detail }] });
      }
      return shown(call, await library.change(wanted(call), checked));
    },
    async deleteDefinition(call) {
      await library.remove(wanted(call));
      const { name: by } = call.principal;
      if (call.query.memory === 'delete')
        await runs.makeChange({ change: { what: 'memory', workflow: idOf(call) }, by });
      call.res.status(204).end();
      return undefined;
    },
    async listVersions(call) {
      const { page, next } = await library.versions(idOf(call), positionOf(call), Number(call.query.limit ?? 50));
      const next_cursor = next === undefined ? undefined : encodeCursor(next);
      return { body: { id: idOf(call), versions: page.map(versionOf), next_cursor } };
    },
    async getVersion(call) {
      return shown(call, await library.readVersion(idOf(call), Number(call.params.version)));
    },
    async diffDefinition(call) {
      const { from, to } = call.query;
      const id = idOf(call);
      const [before, after] = await Promise.all([
        library.readVersion(id, Number(from)),
        to === undefined ? library.read(id) : library.readVersion(id, Number(to)),
      ]);
      const changes = differenceOf(before.content, after.content);
      return { body: { id, from: before.version, to: after.version, changes } };
    },
    async rollBackDefinition(call) {
      const { version } = call.body as RollbackRequest;
      return shown(call, await library.rollBack(wanted(call), version));
    },
    async executeDefinition(call) {
      const request = call.body as NewExecution;
      const stored = await versionOrNewest(call, request);
      assertInput(stored.content, request.input_data ?? {});
      const reply = await accepted(call, stored, request);
      const wait = waitOf(call.req, request.async_execution ?? true);
      if (wait === undefined) return reply;
      const headers = { ...reply.headers, ...wait.headers };
      const { execution_id } = reply.body as ExecutionAccepted;
      if (!(await runs.awaitExecution(execution_id, wait.ms))) return { ...reply, headers };
      return { body: await execution(execution_id, 0, STEPS), headers };
    },
    async simulateDefinition(call) {
      const request = call.body as SimulationRequest;
      return { body: await simulateStored(request, await versionOrNewest(call, request), deps) };
    },
    async simulateDraft(call) {
      return { body: await simulateDraft(call, deps) };
    },
    async listExecutions(call) {
      const { workflow, version, rerun_of, started_after, started_before } = call.query;
      if (version !== undefined && workflow === undefined)
        throw new HttpProblem('invalid', 'A version is one of a workflow: say `workflow` too.');
      const {
        runs: page,
        counts,
        next_cursor,
      } = await runs.listExecutions(listRequestOf(call), {
        definition_id: text(workflow),
        version: version === undefined ? undefined : Number(version),
        rerun_of: text(rerun_of),
        started_after: text(started_after),
        started_before: text(started_before),
      });
      return { body: { executions: page.map((one) => executionListedOf(one, uiUrl)), counts, next_cursor } };
    },
    async getExecution(call) {
      const { limit, step } = call.query;
      return { body: await execution(executionIdOf(call), positionOf(call), Number(limit ?? STEPS), text(step)) };
    },
    async executionEvents(call) {
      const workflowId = deps.workflowIdOf('definition', executionIdOf(call));
      return await named(call, () => streamEvents(deps.follower, call, workflowId));
    },
    async controlExecution(call) {
      const requested = call.params.control as Control;
      const execution_id = executionIdOf(call);
      const { run, view } = await runs.readExecution(execution_id);
      await runs.control(run.workflow_id, requested, call.principal.name);
      const links = executionLinks(execution_id, run.workflow_id, view.definition.id, uiUrl);
      return { status: 202, body: { execution_id, workflow_id: run.workflow_id, requested, links } };
    },
    ...againRoutes(deps),
  };

  /** People know its name, not its workflow's. */
  function named<T>(call: Call, work: () => Promise<T>): Promise<T> {
    return withRun(`There is no execution ${executionIdOf(call)}.`, work);
  }
}

/** Steps that an execution is answered with. */
const STEPS = 200;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const isText = (value: unknown): value is string => typeof value === 'string';

/** The version that the caller has seen; an ETag of something else is one that there never was. */
function expectedIn({ req }: Call): number | undefined {
  const tag = ifMatch(req);
  if (tag === undefined) return undefined;
  return /^[1-9]\d{0,8}$/.test(tag) ? Number(tag) : 0;
}

/** A definition as JSON, or as YAML if the caller wants that. */
function shown({ req, res }: Call, stored: Content, status = 200): Reply | undefined {
  const headers = { ETag: `"${stored.version}"`, Vary: 'Accept' };
  const definition = definitionOf(stored);
  if (status === 201) Object.assign(headers, { Location: definition.links.self });
  const accept = req.get('accept') ?? '';
  if (!/\b(application|text)\/(x-)?yaml\b/.test(accept)) return { status, body: definition, headers };
  const { id, content } = stored;
  res
    .status(status)
    .set(headers)
    .type('application/yaml')
    .send(writeYaml({ id, ...content }));
  return undefined;
}
