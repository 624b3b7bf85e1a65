import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { JobView } from '../../schemas/job/run';
import type { RecordingImported, ReplayAccepted, ReplayRequest, ReplayResult } from '../../schemas/recordings/api';
import type { RecordStore } from '../../src/documents/records';
import { createComparer } from '../../src/recordings/compare';
import { differenceInWords } from '../../src/recordings/differences';
import { exportRecording, importRecording, RecordingFault, type FileParts } from '../../src/recordings/file';
import { invalid, noSuchRun, RunError } from '../../src/runs/errors';
import type { ReplayRequest as WantedReplay, ReplayStarted } from '../../src/runs/job/replay';
import type { Runs } from '../../src/runs';
import { disposition } from '../files';
import { addressOf } from '../links';
import type { Call, Handlers } from '../part';
import { runLinks } from '../runs/views';
import type { Taken, Uploads } from '../uploads';
import { recordingContracts } from './contract';

export interface RecordingDependencies {
  recordingFiles: FileParts;
  startReplay: (wanted: WantedReplay) => Promise<ReplayStarted>;
  runs: Pick<Runs, 'readRun'>;
  records: Pick<RecordStore, 'readRecord'>;
  uploads: Uploads;
  /** true if a workflow id belongs to this namespace */
  isOurs: (workflowId: string) => boolean;
}

const FILE: Taken = { field: 'file', most: 1 };

export function recordingRoutes(deps: RecordingDependencies): Handlers<typeof recordingContracts> {
  const { recordingFiles, startReplay, runs, records, uploads, isOurs } = deps;
  const compare = createComparer(recordingFiles);
  const idOf = ({ params }: Call): string => params.workflow_id ?? '';

  return {
    async replayRun(call) {
      const of = idOf(call);
      const { job_id, workflow_id, live } = await startReplay({
        ...(call.body as ReplayRequest),
        of,
        by: call.principal.name,
      });
      const accepted: ReplayAccepted = { job_id, workflow_id, replay_of: of, live, links: linksOf(workflow_id) };
      return { status: 202, body: accepted };
    },

    async compareReplay(call) {
      const id = idOf(call);
      if (!isOurs(id)) throw noSuchRun(id);
      const { status, view } = await runs.readRun(id);
      const { replay_of } = (view ?? {}) as unknown as Partial<JobView>;
      if (replay_of === undefined) throw new RunError('conflict', `The run ${id} is no replay.`);
      const record = await records.readRecord(id);
      const about = { workflow_id: id, replay_of, status, links: linksOf(id) };
      if (!record) return { body: { ...about, differences: [] } satisfies ReplayResult };
      const { digest, differences } = await compare(record, replay_of);
      const told = differences.map((difference) => ({
        ...{ pointer: difference.pointer, recorded: difference.before, replayed: difference.after },
        words: differenceInWords(difference),
      }));
      const result: ReplayResult = { ...about, identical: told.length === 0, digest, differences: told };
      return { body: result };
    },

    async exportRecording(call) {
      const id = idOf(call);
      const lines = await exportRecording(recordingFiles, id);
      if (!lines) throw new RunError('not_found', `There is no recording of ${id}, or the run has not ended yet.`);
      call.res.set({
        'Content-Type': 'application/x-ndjson',
        'Content-Disposition': disposition('attachment', `${id}.recording`),
      });
      await pipeline(Readable.from(lines), call.res);
      return undefined;
    },

    async importRecording(call) {
      return await uploads.use(call.req, call.res, FILE, async ({ files: [file] }) => {
        if (!file) throw invalid('There is no file.', [{ pointer: '/file', detail: 'send the file of a recording' }]);
        const { run, entries, repeated } = await importRecording(recordingFiles, file.path).catch((error: unknown) => {
          if (!(error instanceof RecordingFault)) throw error;
          throw invalid(`The file is no recording that can be taken in: ${error.message}.`, [
            { pointer: '/file', detail: error.message },
          ]);
        });
        const links = { replay: addressOf(recordingContracts.replayRun, { workflow_id: run }) };
        const imported: RecordingImported = { workflow_id: run, entries, repeated, links };
        return { status: 201, body: imported };
      });
    },
  };

  function linksOf(workflow_id: string) {
    return { ...runLinks(workflow_id), comparison: addressOf(recordingContracts.compareReplay, { workflow_id }) };
  }
}
