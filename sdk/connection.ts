import { loadConfig } from '../src/config';
import { createApiClient, type ApiClient } from '../src/http/api-client';
import { apiUrl } from '../src/local/api-url';

/** Where the stack is. */
export interface EngineOptions {
  /** base address of its API; by default the stack of the AWE that this package belongs to */
  url?: string;
  /** by default, without a `url`, that of AWE_API_KEY */
  apiKey?: string;
}

export function clientOf({ url, apiKey }: EngineOptions): ApiClient {
  if (url !== undefined) return createApiClient(url.replace(/\/+$/, ''), apiKey);
  const config = loadConfig();
  return createApiClient(apiUrl(config), apiKey ?? config.http.apiKey);
}
