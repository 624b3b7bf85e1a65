import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { MulterError } from 'multer';
import type { Problem } from '../schemas/api';
import { DocumentError } from '../src/documents/port';
import type { Logger } from '../src/logging';
import { RedisRefused, RedisUnavailable } from '../src/redis/errors';
import { RunError, type Pointed, type RunFault } from '../src/runs/errors';
import { SpreadsheetError } from '../src/spreadsheets/errors';
import { classifyTemporalError, TemporalError } from '../src/temporal/errors';

const kinds = {
  'bad-request': [400, 'The request cannot be read'],
  unauthorized: [401, 'A key is needed'],
  forbidden: [403, 'This is not allowed'],
  'not-found': [404, 'There is no such thing'],
  'method-not-allowed': [405, 'This address does not know the method'],
  'not-acceptable': [406, 'No form of the answer is acceptable'],
  'request-timeout': [408, 'The request took too long'],
  conflict: [409, 'It conflicts with what is there'],
  'already-decided': [409, 'Somebody has decided already'],
  closed: [409, 'It has ended'],
  'precondition-failed': [412, 'What is shown has changed'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'This kind of body is not taken here'],
  'range-not-satisfiable': [416, 'The range lies outside the file'],
  invalid: [422, 'The request is not valid'],
  'idempotency-key-reused': [422, 'The Idempotency-Key was used for another request'],
  'spreadsheet-refused': [422, 'The spreadsheet cannot be taken'],
  'precondition-required': [428, 'The request has to say what it decides on'],
  'too-many-requests': [429, 'Too many requests'],
  internal: [500, 'Something went wrong here'],
  unavailable: [503, 'Not available at the moment'],
  stuck: [503, 'The run cannot go on with this release'],
  'no-worker': [503, 'No worker answers at the moment'],
  overloaded: [503, 'Too much at the moment'],
} as const satisfies Record<string, readonly [number, string]>;

/** A kind of problem: one that every process shares, or one of its own, with its status and its title. */
export type ProblemKind = keyof typeof kinds | { name: string; status: number; title: string };

interface More {
  errors?: Pointed[];
  headers?: Record<string, string>;
  /** further members of the answer: facts that help */
  facts?: Record<string, unknown>;
  cause?: unknown;
}

/** An error that the API raised itself, at the point where the fact was known. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';

  constructor(
    readonly kind: ProblemKind,
    /** for the person who asked */
    readonly detail: string,
    readonly more: More = {},
  ) {
    super(detail, { cause: more.cause });
  }
}

/** Does something with a run. Where there is none, `absent` says so: people know its subject's name, not its workflow's. */
export async function withRun<T>(absent: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RunError && error.fault === 'not_found' && error.more.facts?.workflow_id !== undefined)
      throw new HttpProblem('not-found', absent, { cause: error });
    throw error;
  }
}

const faults: Record<RunFault, keyof typeof kinds> = {
  invalid: 'invalid',
  not_found: 'not-found',
  conflict: 'conflict',
  key_reused: 'idempotency-key-reused',
  decided: 'already-decided',
  digest_mismatch: 'precondition-failed',
  forbidden: 'forbidden',
  closed: 'closed',
  too_large: 'too-large',
  stuck: 'stuck',
  no_worker: 'no-worker',
  unavailable: 'unavailable',
};

const retry = (seconds: number) => ({ 'Retry-After': String(seconds) });

/** Turns anything thrown into a problem that may be published. Unknown errors become `internal`, with no detail. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof RunError) {
    const { errors, retryAfter, facts } = error.more;
    return new HttpProblem(faults[error.fault], error.message, {
      errors,
      facts,
      headers: retryAfter === undefined ? {} : retry(retryAfter),
      cause: error,
    });
  }
  if (error instanceof SpreadsheetError) {
    return new HttpProblem('spreadsheet-refused', error.message, {
      errors: [{ pointer: '/file', detail: error.message }],
      facts: { reason: error.code, ...(error.where === undefined ? {} : { where: error.where }) },
      cause: error,
    });
  }
  if (error instanceof DocumentError) return documentProblem(error);
  if (isDiskFull(error)) return diskFull(error);
  if (error instanceof RedisUnavailable || error instanceof RedisRefused) {
    return new HttpProblem('unavailable', 'Redis does not answer this at the moment. Try again in a few seconds.', {
      headers: retry(5),
      cause: error,
    });
  }
  if (error instanceof MulterError) return uploadProblem(error);
  if (error instanceof TemporalError) return temporalProblem(error);
  return parserProblem(error) ?? temporalProblem(classifyTemporalError(error));
}

function documentProblem(error: DocumentError): HttpProblem {
  switch (error.code) {
    case 'unavailable':
      return new HttpProblem('unavailable', 'The document store does not answer. Try again in a few seconds.', {
        headers: retry(5),
        cause: error,
      });
    case 'full':
      return diskFull(error);
    case 'bad_path':
    case 'not_found':
      return new HttpProblem('not-found', 'There is no such document.', { cause: error });
    default:
      return new HttpProblem('internal', UNKNOWN, { cause: error });
  }
}

/** The disk of the document store, or the one where uploads arrive. */
const diskFull = (cause: unknown) =>
  new HttpProblem('unavailable', 'The disk of the server is full. Try again when somebody has made room.', {
    headers: retry(30),
    cause,
  });

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');

const UNKNOWN = 'The server has met a condition that it does not know. The request id leads to it in the logs.';

function temporalProblem(error: TemporalError): HttpProblem {
  return error.fault === 'unavailable' || error.fault === 'deadline'
    ? new HttpProblem('unavailable', 'Temporal does not answer. Try again in a few seconds.', {
        headers: retry(5),
        cause: error,
      })
    : new HttpProblem('internal', UNKNOWN, { cause: error });
}

function uploadProblem(error: MulterError): HttpProblem {
  const field = error.field ?? '';
  const errors = field ? [{ pointer: `/${field}`, detail: error.message }] : undefined;
  return new HttpProblem('bad-request', `The form cannot be read: ${error.message}.`, { errors, cause: error });
}

/** Errors of Express and of its body parser. They carry a `type` or a `status`; their texts are not passed on. */
function parserProblem(error: unknown): HttpProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  const { type, status } = error as { type?: unknown; status?: unknown };
  switch (type) {
    case 'entity.too.large':
      return new HttpProblem('too-large', 'The body is larger than this server takes.', { cause: error });
    case 'entity.parse.failed':
      return new HttpProblem('bad-request', `The body is not JSON: ${error.message}`.slice(0, 300), { cause: error });
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new HttpProblem('unsupported-media-type', 'Send JSON in UTF-8, plain or gzip.', { cause: error });
    case 'request.aborted':
    case 'request.size.invalid':
    case 'stream.encoding.set':
      return new HttpProblem('bad-request', 'The body did not arrive whole.', { cause: error });
  }
  if (error instanceof URIError || status === 400) {
    return new HttpProblem('bad-request', 'The address or the body cannot be decoded.', { cause: error });
  }
  return undefined;
}

/** The one place where errors become answers. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  return (error: unknown, req: Request, res: Response, _next) => {
    const problem = problemOf(error);
    const { name, status, title } = kindOf(problem);
    if (status >= 500) {
      log.error({ err: problem.more.cause ?? error, request_id: res.locals.requestId, kind: name }, problem.detail);
    }
    if (res.headersSent || res.destroyed) {
      res.destroy();
      return;
    }
    const body: Problem & Record<string, unknown> = {
      ...problem.more.facts,
      type: `urn:awe:problem:${name}`,
      title,
      status,
      detail: problem.detail,
      instance: pathOf(req),
      request_id: (res.locals.requestId as string | undefined) ?? randomUUID(),
    };
    if (problem.more.errors?.length) body.errors = problem.more.errors;
    // the rest of the body is not read: the connection ends with the answer
    if (!req.complete) res.set('Connection', 'close');
    res.status(status).set(problem.more.headers ?? {});
    res.set('Cache-Control', 'no-store').type('application/problem+json').send(JSON.stringify(body));
  };
}

/** The name, status and title of a problem's kind. */
export function kindOf({ kind }: HttpProblem): { name: string; status: number; title: string } {
  if (typeof kind === 'object') return kind;
  const [status, title] = kinds[kind];
  return { name: kind, status, title };
}

const pathOf = (req: Request): string => req.originalUrl.split('?', 1)[0]?.slice(0, 500) ?? '/';
