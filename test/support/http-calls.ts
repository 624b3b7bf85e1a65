/** Calls of an API in tests. */

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

/** A problem, as far as tests look at it. */
export interface Refused {
  detail?: string;
  errors?: { pointer: string; detail: string }[];
}

/** `urlOf`: the address of the API, once it runs. An answer that is no JSON is text. */
export function callsOf(urlOf: () => string) {
  async function call<T>(path: string, init: RequestInit = {}): Promise<Answer<T>> {
    const response = await fetch(urlOf() + path, init);
    const { status, headers } = response;
    const text = await response.text();
    const isJson = headers.get('content-type')?.includes('json');
    return { status, headers, body: (isJson ? JSON.parse(text) : text) as T };
  }
  const send =
    (method: string) =>
    <T = Refused>(path: string, body: object = {}, headers: Record<string, string> = {}) =>
      call<T>(path, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
  return { call, post: send('POST'), put: send('PUT') };
}
