import { UserError } from '../config/errors';
import { readEvents } from './server-events';

/** An event of a stream, with the parts of its envelope that people look at. */
export interface StreamedEvent {
  event_type: string;
  occurred_at: string;
  seq: number;
  payload: { [name: string]: unknown };
}

/** An event of a stream that names its events. */
export interface NamedEvent<T> {
  name: string;
  data: T;
}

/** A client of the HTTP API: the same calls that a user makes with curl. */
export interface ApiClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>;
  put<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>;
  /** Gives the answer, where there is one. */
  delete<T = void>(path: string): Promise<T>;
  /** Sends a form with files. */
  form<T>(path: string, form: FormData, headers?: Record<string, string>): Promise<T>;
  /** Fetches a file; `madeAgain` if it was lost and has been made again for this answer. */
  file(path: string): Promise<{ bytes: Buffer; madeAgain: boolean }>;
  /** The events of a run from its first, until it ends. */
  events(path: string): AsyncGenerator<StreamedEvent>;
  /** The named events of a stream, until it ends or breaks off. */
  stream<T>(path: string): AsyncGenerator<NamedEvent<T>>;
}

/** A refusal by the API, with its whole problem document. */
export class ApiRefusal extends UserError {
  constructor(
    message: string,
    readonly problem: Record<string, unknown>,
  ) {
    super(message);
  }
}

/** Of the stream of a run, which lasts as long as the run. */
const WHOLE_RUN = { event: 16 * 1024 * 1024, stream: Infinity };

/** @param key an API key, if the API needs one */
export function createApiClient(base: string, key?: string): ApiClient {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${base}${path}`, {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string> | undefined) },
    }).catch(() => {
      throw new UserError(`The API does not answer at ${base}: run "make up", then try again.`);
    });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as {
      title?: string;
      detail?: string;
      errors?: { pointer: string; detail: string }[];
    };
    const errors = (problem.errors ?? []).slice(0, 10).map(({ pointer, detail }) => `\n  ${pointer || '/'} ${detail}`);
    const what = problem.detail ?? problem.title ?? response.statusText;
    throw new ApiRefusal(`${path} answered ${response.status}: ${what}${errors.join('')}`, problem);
  }

  const sending =
    (method: 'POST' | 'PUT') =>
    async <T>(path: string, body: unknown, more: Record<string, string> = {}) => {
      const init = { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...more } };
      return (await (await call(path, init)).json()) as T;
    };

  return {
    get: async <T>(path: string) => (await (await call(path)).json()) as T,
    post: sending('POST'),
    put: sending('PUT'),
    async delete<T>(path: string) {
      const response = await call(path, { method: 'DELETE' });
      return (response.status === 204 ? undefined : await response.json()) as T;
    },
    form: async <T>(path: string, form: FormData, more: Record<string, string> = {}) =>
      (await (await call(path, { method: 'POST', body: form, headers: more })).json()) as T,
    async file(path) {
      const response = await call(path);
      return {
        bytes: Buffer.from(await response.arrayBuffer()),
        madeAgain: response.headers.get('export-made-again') === 'true',
      };
    },
    async *events(path) {
      for await (const { name, data } of stream<StreamedEvent>(path)) {
        if (name === 'end') return;
        yield data;
      }
    },
    stream,
  };

  async function* stream<T>(path: string): AsyncGenerator<NamedEvent<T>> {
    const response = await call(path, { headers: { accept: 'text/event-stream' } });
    if (!response.body) return;
    for await (const { event = 'message', data, cut } of readEvents(response.body, WHOLE_RUN)) {
      if (cut) return;
      yield { name: event, data: JSON.parse(data) as T };
    }
  }
}
