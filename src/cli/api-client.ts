import { UserError } from '../config';

/** What the API sends along with an event of a stream: the envelope's parts that people look at. */
export interface StreamedEvent {
  event_type: string;
  occurred_at: string;
  seq: number;
  payload: { [name: string]: unknown };
}

/** The HTTP API as the command line uses it: the same calls that a user makes with curl. */
export interface ApiClient {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  /** The events of a run from its first, until it ends. */
  events(path: string): AsyncGenerator<StreamedEvent>;
}

/** @param key an API key, where the API wants one */
export function createApiClient(base: string, key?: string): ApiClient {
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${base}${path}`, { ...init, headers: { ...headers, ...init.headers } }).catch(() => {
      throw new UserError(`The API does not answer at ${base}: run "make up", then try again.`);
    });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
    throw new UserError(
      `${path} answered ${response.status}: ${problem.detail ?? problem.title ?? response.statusText}`,
    );
  }

  return {
    get: async <T>(path: string) => (await (await call(path)).json()) as T,
    post: async <T>(path: string, body: unknown) =>
      (await (await call(path, { method: 'POST', body: JSON.stringify(body) })).json()) as T,
    async *events(path) {
      const response = await call(path, { headers: { accept: 'text/event-stream' } });
      for await (const { name, data } of messagesOf(response)) {
        if (name === 'end') return;
        yield JSON.parse(data) as StreamedEvent;
      }
    },
  };
}

/** The messages of a Server-Sent Events stream. */
async function* messagesOf(response: Response): AsyncGenerator<{ name: string; data: string }> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      const data = lines.flatMap((line) => (line.startsWith('data:') ? [line.slice(5).trimStart()] : []));
      const name =
        lines
          .find((line) => line.startsWith('event:'))
          ?.slice(6)
          .trim() ?? 'message';
      if (data.length > 0) yield { name, data: data.join('\n') };
    }
  }
}
