import { posix } from 'node:path';
import {
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  type ListResourcesResult,
  type ListResourceTemplatesResult,
  type ReadResourceResult,
} from '@modelcontextprotocol/server';
import type { ArtifactStore } from '../../src/documents/artifacts';
import type { Runs } from '../../src/runs';
import { noSuchRun, RunError } from '../../src/runs/errors';
import type { ArtifactIndex } from '../../src/streams/artifact-index';
import { artifactContracts } from '../artifacts/contract';
import { addressOf } from '../links';
import { problemOf } from '../problem';
import { runContracts } from '../runs/contract';
import { readApproval } from './approvals';
import { bounded } from './bounded';
import { dataOf, noteOf, visible } from './results';
import { eventPage } from './runs';
import { artifactUri, eventsUri, readUri, runUri } from './uris';

export interface ResourceDependencies {
  runs: Pick<Runs, 'readRun' | 'readEvents' | 'listRuns'>;
  artifacts: Pick<ArtifactStore, 'readArtifact' | 'statArtifact'>;
  index: Pick<ArtifactIndex, 'get'>;
  isOurs: (workflowId: string) => boolean;
}

/** Bytes of a file, or characters of JSON, in a resource. */
const MOST = 128 * 1024;

/** Events in a resource; the next ones have an address of their own. */
const EVENTS = 200;

/** Runs on a page of the list. */
const PAGE = 50;

const JSON_TYPE = 'application/json';

const template = (name: string, uriTemplate: string, description: string, mimeType?: string) => ({
  ...{ name, uriTemplate, description },
  ...(mimeType === undefined ? {} : { mimeType }),
});

/** Forms of the addresses, `{…}` being what differs. */
const templates: Resources['templates'] = [
  template('artifact', artifactUri('{artifact_id}'), 'a file by its SHA-256: its text, or where to get it'),
  template('run', 'awe://runs/{workflow_id}', 'a run of any process', JSON_TYPE),
  template('run approval', 'awe://runs/{workflow_id}/approvals/{approval_id}', 'what a question shows', JSON_TYPE),
  template('run events', 'awe://runs/{workflow_id}/events{?after}', 'what a run has said, in order', JSON_TYPE),
];

const FORMS = `the forms are ${templates.map(({ uriTemplate }) => uriTemplate).join(', ')}`;

/** Things that can be read by their addresses. */
export interface Resources {
  templates: ListResourceTemplatesResult['resourceTemplates'];
  list(cursor: string | undefined): Promise<ListResourcesResult>;
  read(uri: string): Promise<ReadResourceResult>;
}

/** Runs and files as resources of MCP. */
export function createResources(deps: ResourceDependencies): Resources {
  const { runs, artifacts, index, isOurs } = deps;

  /** The newest runs; files are found by the links of results. */
  async function list(cursor: string | undefined): Promise<ListResourcesResult> {
    const { runs: page, next_cursor } = await published(() => runs.listRuns(undefined, { limit: PAGE, cursor }));
    return {
      resources: page.map(({ workflow_id, title, process, status }) => ({
        ...{ uri: runUri(workflow_id), name: workflow_id, mimeType: JSON_TYPE },
        title: visible(title).slice(0, 200) || workflow_id,
        description: `${process}, ${status}`,
      })),
      ...(next_cursor === undefined ? {} : { nextCursor: next_cursor }),
    };
  }

  async function read(uri: string): Promise<ReadResourceResult> {
    const named = readUri(uri);
    if (!named) throw new ResourceNotFoundError(uri, `There is no resource ${uri.slice(0, 200)}: ${FORMS}.`);
    return await published(async () => {
      switch (named.kind) {
        case 'run': {
          const { workflowId } = named;
          if (!isOurs(workflowId)) throw noSuchRun(workflowId);
          return data(uri, await runs.readRun(workflowId), addressOf(runContracts.getRun, { workflow_id: workflowId }));
        }
        case 'events': {
          const { workflowId, after } = named;
          if (!isOurs(workflowId)) throw noSuchRun(workflowId);
          const page = await eventPage(runs, workflowId, after, EVENTS);
          const next = page.ended || page.events.length === 0 ? undefined : eventsUri(workflowId, page.last);
          return data(uri, { ...page, next }, addressOf(runContracts.runEvents, { workflow_id: workflowId }));
        }
        case 'approval': {
          const { workflowId, approvalId } = named;
          const approval = await readApproval(deps, workflowId, approvalId);
          return data(uri, approval, addressOf(runContracts.getRun, { workflow_id: workflowId }));
        }
        case 'artifact':
          return await file(uri, named.artifactId);
      }
    }, uri);
  }

  /** A text as it is, a small file of another kind as bytes, and of a large one the address. */
  async function file(uri: string, artifactId: string): Promise<ReadResourceResult> {
    const stat = await artifacts.statArtifact(artifactId);
    if (!stat) throw new ResourceNotFoundError(uri, 'There is no such artifact.');
    const known = await index.get(artifactId);
    const href = addressOf(artifactContracts.getArtifact, { artifact_id: artifactId });
    const name = known === undefined ? artifactId : visible(posix.basename(known.path));
    if (stat.bytes > MOST) {
      const text = `The file ${name} has ${stat.bytes} bytes, more than are shown here: GET ${href} of the API has it.`;
      return { contents: [{ uri, mimeType: 'text/plain', text }] };
    }
    const bytes = await artifacts.readArtifact(artifactId, { maxBytes: MOST });
    if (!bytes) throw new ResourceNotFoundError(uri, 'There is no such artifact.');
    const text = textOf(bytes);
    const mimeType = known?.media_type ?? (text === undefined ? 'application/octet-stream' : 'text/plain');
    const content = text === undefined ? { blob: bytes.toString('base64') } : { text };
    return { contents: [{ uri, mimeType, ...content }] };
  }

  return { templates, list, read };
}

/** A value as JSON, with the note that it is data. */
function data(uri: string, value: unknown, href: string): ReadResourceResult {
  const { value: shown, cut } = bounded(value, MOST);
  const text = dataOf({ note: noteOf(`GET ${href}`), ...(cut ? { cut } : {}), data: shown });
  return { contents: [{ uri, mimeType: JSON_TYPE, text }] };
}

/** The text that bytes are; undefined if they are none. */
function textOf(bytes: Buffer): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Does work whose faults become errors of the protocol, in the words of the API. */
async function published<T>(work: () => Promise<T>, uri?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    if (uri !== undefined && error instanceof RunError && error.fault === 'not_found')
      throw new ResourceNotFoundError(uri, error.message);
    const { kind, detail } = problemOf(error);
    const isTheirs = kind === 'invalid' || kind === 'bad-request' || kind === 'not-found';
    throw new ProtocolError(isTheirs ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError, detail);
  }
}
