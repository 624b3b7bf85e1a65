import { Type } from 'typebox';
import { PathId } from '../../schemas/api';
import { processes, statusesOf, type ProcessName } from '../../schemas/catalogue';
import type { PlatformEvent } from '../../schemas/envelope';
import type { RunView } from '../../schemas/run';
import type { Runs } from '../../src/runs';
import { noSuchRun } from '../../src/runs/errors';
import { everybody } from '../contract';
import { addressOf } from '../links';
import type { Follower } from '../live/follow';
import { runContracts } from '../runs/contract';
import { hints, inputOf, type AssistantTool } from './tool';
import { createWaiter } from './wait';

export interface RunToolDependencies {
  runs: Pick<Runs, 'readRun' | 'readEvents'>;
  follower: Follower;
  isOurs: (workflowId: string) => boolean;
}

/** Seconds that a wait may take: below the usual time limit of clients, and of proxies. */
const LONGEST = 50;
const USUAL = 25;

const After = Type.Optional(Type.Integer({ minimum: 0, description: 'only events with a higher `seq`' }));

/** Tools that look at any run as it goes on. */
export function runTools({ runs, follower, isOurs }: RunToolDependencies): AssistantTool[] {
  const waitFor = createWaiter({ runs, follower });

  const idIn = ({ workflow_id }: { workflow_id?: unknown }): string => {
    const id = String(workflow_id);
    if (!isOurs(id)) throw noSuchRun(id);
    return id;
  };

  return [
    {
      name: 'run_wait',
      title: 'Wait for a run',
      description:
        'Waits until a run has ended or asks a person (`waited`: `ended`, `asks`), or the time is up (`time`: call again). ' +
        'Events are told as progress meanwhile, where the client takes it.',
      roles: everybody,
      input: inputOf(
        {
          workflow_id: PathId,
          seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: LONGEST, default: USUAL })),
          until: Type.Optional(
            Type.Enum(['asks', 'end'], { default: 'asks', description: '`end`: questions do not end the wait' }),
          ),
          after: After,
        },
        ['workflow_id'],
      ),
      annotations: hints.reads,
      async run({ seconds, until, after, ...named }, { call, signal, onProgress }) {
        const workflowId = idIn(named);
        const { waited, run } = await waitFor(workflowId, {
          ...{ signal, mayGoOn: call.mayGoOn },
          milliseconds: Number(seconds ?? USUAL) * 1_000,
          untilEnd: until === 'end',
          after: after as number | undefined,
          onEvents: (events) => events.forEach((event) => onProgress(event.seq, lineOf(event))),
        });
        return {
          body: { waited, ...briefOf(run) },
          at: `GET ${addressOf(runContracts.getRun, { workflow_id: workflowId })}`,
        };
      },
    },
    {
      name: 'run_events',
      title: 'Events of a run',
      description: 'What a run has said, in order, a page at a time: `after` is the `last` of the page before.',
      roles: everybody,
      input: inputOf(
        {
          workflow_id: PathId,
          after: After,
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
        },
        ['workflow_id'],
      ),
      annotations: hints.reads,
      async run({ after, limit, ...named }) {
        const workflow_id = idIn(named);
        const body = await eventPage(runs, workflow_id, Number(after ?? 0), Number(limit ?? 50));
        return { body, at: `GET ${addressOf(runContracts.runEvents, { workflow_id })}` };
      },
    },
  ];
}

/** A page of a run's events: `last` is where the next one begins, `ended` says that there is none. */
export async function eventPage(
  { readEvents }: Pick<Runs, 'readEvents'>,
  workflow_id: string,
  after: number,
  limit: number,
) {
  const { events, last, ended } = await readEvents(workflow_id, after, limit);
  const shown = events.slice(0, limit);
  const at = shown.at(-1)?.seq ?? after;
  return { workflow_id, events: shown, last: at, ended: ended && at >= last };
}

/** A run without what it shows: for that there are run_get and approval_get. */
function briefOf({ workflow_id, process, subject, status, outcome, error, steps, seq, paused, approvals }: RunView) {
  const open = approvals.filter((asked) => asked.status === 'open');
  return {
    ...{ workflow_id, process, subject, status, outcome, error, paused, steps, seq },
    asks: open.map(({ approval_id, kind, question, choices, assignee, digest }) => ({
      ...{ approval_id, kind, question, choices, assignee, digest },
    })),
  };
}

function lineOf({ event_type, payload }: PlatformEvent): string {
  const { step } = payload as { step?: unknown };
  return typeof step === 'string' ? `${event_type} ${step}` : event_type;
}

/** The tool that lists what can be started, and by which tool. */
export function processTool(tools: readonly AssistantTool[]): AssistantTool {
  return {
    name: 'process_list',
    title: 'Processes',
    description: 'The kinds of runs, the tools that start them, and the states that their runs can have.',
    roles: everybody,
    input: inputOf({}),
    annotations: hints.reads,
    async run() {
      const rows = ([...processes.keys()] as ProcessName[]).map((process) => {
        const starter = tools.find(({ starts }) => starts === process);
        return { process, start: starter?.name, what: starter?.title, statuses: statusesOf(process) };
      });
      return { body: { processes: rows }, at: `GET ${runContracts.listRuns.path}` };
    },
  };
}
