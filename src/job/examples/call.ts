import type { Json, JsonObject } from '../../../schemas/json';

/** An HTTP request as `http.request` takes it. Texts may hold expressions, such as `${{ steps.login.output.body.token }}`. */
export interface HttpCall {
  url: string;
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: JsonObject;
  headers?: { [name: string]: string };
  /** the body; one of the three */
  json?: Json;
  form?: JsonObject;
  text?: string;
  /** statuses that are no errors; `2xx` if it is left out */
  expect?: (number | string)[];
  /** for each request, such as `30s` */
  timeout?: string;
  response?: 'auto' | 'json' | 'text' | 'file' | 'none';
  /** keeps the answer as a file of the workspace */
  save_as?: string;
  /** the server does a POST or PATCH once for its Idempotency-Key, so that it may be repeated */
  idempotent?: boolean;
  paging?: JsonObject;
}

/** Parameters of a pre-built workflow that no plan can be made of. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
}

/** The request of a call, checked as far as a plan needs it. @throws ParameterError */
export function requestOf(call: HttpCall, where: string): JsonObject {
  if (typeof call.url !== 'string' || call.url === '') throw new ParameterError(`${where} needs a url.`);
  return { ...call };
}
