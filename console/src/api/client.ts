import createClient, { type Middleware } from 'openapi-fetch';
import { defineWords } from '../i18n/words';
import type { operations, paths } from './openapi';

const words = defineWords(
  {
    away: 'The server cannot be reached. What you see may be old.',
    late: 'The server has not answered in time. Look whether it has been done before you do it again.',
  },
  {
    away: 'Le serveur est injoignable. Ce que vous voyez est peut-être ancien.',
    late: 'Le serveur n’a pas répondu à temps. Vérifiez si c’est fait avant de recommencer.',
  },
);

/** The body of an address's answer, by the id of its contract: `Answer<'getOrder'>`. */
export type Answer<Id extends keyof operations> = operations[Id]['responses'] extends infer R
  ? BodyOf<R[Extract<keyof R, 200 | 201 | 202>]>
  : never;

type BodyOf<R> = R extends { content: infer C } ? C[keyof C] : undefined;

/** What the API says when it refuses, or cannot: a sentence, with what to do. */
export class ApiProblem extends Error {
  constructor(
    /** 0 where there was no answer at all */
    readonly status: number,
    detail: string,
    /** names the request in the logs */
    readonly requestId?: string,
    /** the places of faults in what was sent */
    readonly errors: readonly { pointer: string; detail: string }[] = [],
    /** other members of the problem, such as the `faults` of an order */
    readonly facts: { readonly [name: string]: unknown } = {},
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }
}

/** The token that each change carries, which another site cannot know; null where nobody signs in. */
let csrfToken: string | null = null;
export const setCsrfToken = (token: string | null): void => void (csrfToken = token);

const language: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', document.documentElement.lang);
    return request;
  },
};

const token: Middleware = {
  onRequest({ request }) {
    if (csrfToken !== null && request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
};

/** Milliseconds that an answer may take: on a network that was cut it never comes. */
const LIMIT = 120_000;

/** Files take as long as they take. */
const limited = (request: Request): Promise<Response> => {
  if (request.headers.get('content-type')?.startsWith('multipart/') === true) return fetch(request);
  return fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(LIMIT)]) });
};

/** The API, typed by its own description. */
export const api = createClient<paths>({
  ...{ baseUrl: window.location.origin, credentials: 'same-origin' },
  fetch: limited,
});
api.use(language, token);

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer to a request. @throws ApiProblem if the API refuses it, or is not reached */
export async function answer<T>(request: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await request;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    const w = words[document.documentElement.lang === 'fr' ? 'fr' : 'en'];
    throw new ApiProblem(0, error instanceof DOMException && error.name === 'TimeoutError' ? w.late : w.away);
  }
  const { data, error, response } = outcome;
  if (response.ok) return data as T;
  throw problemOf(error, response);
}

function problemOf(error: unknown, response: Response): ApiProblem {
  const id = response.headers.get('X-Request-Id') ?? undefined;
  if (typeof error !== 'object' || error === null) return new ApiProblem(response.status, response.statusText, id);
  const { title, detail, errors, ...facts } = error as {
    title?: string;
    detail?: string;
    errors?: { pointer: string; detail: string }[];
  };
  return new ApiProblem(response.status, detail ?? title ?? response.statusText, id, errors, facts);
}
