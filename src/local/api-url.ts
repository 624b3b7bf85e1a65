import type { Config } from '../config';

/** The URL of the API for a person on this machine. */
export function apiUrl(config: Config): string {
  const { host, port } = config.http;
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
