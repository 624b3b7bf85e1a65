import { sep } from 'node:path';
import type { Event, StackFrame } from '@sentry/node-core/light';
import type { Config } from '../config';

/** A line of the log as it leaves, without secrets. */
export type LogLine = Readonly<Record<string, unknown>>;

/** Milliseconds that an ending process waits for its last reports to be sent. */
const LAST_REPORTS = 2_000;

/** Reports in a minute: a fault that comes with every request is known after a few. */
const MOST_A_MINUTE = 60;

/** Fields of a line that are sent besides the error: ids, and never texts or values. */
const IDS = ['request_id', 'workflow_id', 'run_id', 'activity', 'step_id', 'trace_id', 'group'] as const;

const LEVELS: ReadonlySet<unknown> = new Set(['error', 'fatal']);

let report: ((line: LogLine) => void) | undefined;

/** Reports a line of the log if it tells an error, and reports are sent at all. */
export function reportLine(line: LogLine): void {
  if (report && LEVELS.has(line['level'])) report(line);
}

/**
 * Sends errors of the log to Sentry, if SENTRY_DSN says where; without it nothing is loaded. Returns the function that
 * sends the last ones and ends it.
 */
export async function startErrorReports({
  sentry: { dsn },
  env,
  root,
  version,
}: Pick<Config, 'sentry' | 'env' | 'root' | 'version'>): Promise<() => Promise<void>> {
  if (dsn === undefined) return async () => {};
  const { defaultStackParser, LightNodeClient, makeNodeTransport } = await import('@sentry/node-core/light');
  const client = new LightNodeClient({
    ...{ dsn, environment: env, release: `awe@${version}`, transport: makeNodeTransport },
    // what is sent is what stands here: nothing about the machine, its user, or a request
    ...{ integrations: [], stackParser: () => [], maxBreadcrumbs: 0, sendDefaultPii: false },
    ...{ includeServerName: false, sendClientReports: false },
  });
  client.init();
  let minute = 0;
  let sent = 0;
  report = (line) => {
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) [minute, sent] = [now, 0];
    if (++sent <= MOST_A_MINUTE)
      client.captureEvent(eventOf(line, (stack) => framesOf(defaultStackParser(stack), root)));
  };
  return async () => {
    report = undefined;
    await client.close(LAST_REPORTS);
  };
}

/** A line as an event: what we say ourselves, the error's class, its place, and ids. */
function eventOf(line: LogLine, parse: (stack: string) => StackFrame[]): Event {
  const { level, name, msg, err } = line;
  const ids = IDS.flatMap((id) => (typeof line[id] === 'string' ? [[id, line[id]] as const] : []));
  const event: Event = {
    level: level === 'fatal' ? 'fatal' : 'error',
    logger: String(name),
    message: withoutContent(String(msg)),
    tags: Object.fromEntries(ids),
  };
  if (typeof err !== 'object' || err === null) return event;
  const { type, message, stack, code } = err as { [member: string]: unknown };
  const frames = typeof stack === 'string' ? parse(stack) : [];
  const kind = typeof type === 'string' ? type : 'Error';
  const value = OURS.has(kind) && typeof message === 'string' ? withoutContent(message) : codeOf(code);
  return { ...event, exception: { values: [{ type: kind, value, stacktrace: { frames } }] } };
}

/** Errors of the language itself. The words of all others may come from servers, models and people, and are not sent. */
const OURS: ReadonlySet<string> = new Set(['TypeError', 'RangeError', 'ReferenceError']);

/** A code, such as `ECONNREFUSED`, in place of words. */
const codeOf = (code: unknown): string | undefined =>
  typeof code === 'string' && /^[A-Za-z][\w.:-]{0,79}$/.test(code) ? code : undefined;

/** Characters of an error's words that are sent. */
const LONGEST = 300;

/** The words of an error without values: they stand in quotes or braces, or look like addresses and numbers. */
function withoutContent(message: string): string {
  return (message.split('\n')[0] ?? '')
    .slice(0, 4_000)
    .replaceAll(/"(?:[^"\\]|\\.)*"?|'[^']*'|`[^`]*`?|«[^»]*»?|“[^”]*”?/g, '"…"')
    .replaceAll(/[[{].*[\]}]?/g, '{…}')
    .replaceAll(/[^\s@<>(),;:]+@[^\s@<>(),;:]+/g, '…@…')
    .replaceAll(/\+?\d[\d ().-]{6,}\d/g, '…')
    .slice(0, LONGEST);
}

/** Places in our own code and in packages, by their paths below the folder of AWE: a home folder has somebody's name. */
function framesOf(frames: readonly StackFrame[], root: string): StackFrame[] {
  return frames.map(({ filename = '', function: name, lineno, colno, in_app }) => {
    const path = filename.replace(/^file:\/\//, '');
    const at = path.startsWith(root + sep)
      ? path.slice(root.length + 1)
      : path.replace(/^.*[\\/]node_modules[\\/]/, 'node_modules/');
    const shown = at.startsWith(sep) ? (at.split(sep).at(-1) ?? '') : at;
    return { filename: shown, function: name, lineno, colno, in_app };
  });
}
