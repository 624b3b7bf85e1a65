import { InvalidArgumentError, type Command } from 'commander';

/** Options of every command that asks the API. */
export interface ApiOptions {
  apiKey?: string;
  json?: boolean;
}

export const withApiOptions = (command: Command): Command =>
  command.option('--json', 'print JSON').option('--api-key <key>', 'if the API needs one (default: AWE_API_KEY)');

export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return Number(text);
}

export function parsePriority(text: string): number {
  if (!/^[1-5]$/.test(text)) throw new InvalidArgumentError('It must be 1 (first) to 5 (last).');
  return Number(text);
}
