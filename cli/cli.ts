import type { Config } from '../src/config';
import { apiUrl } from '../src/local/api-url';
import { createApiClient, type ApiClient } from '../src/http/api-client';

/** The outside of a command: where its settings come from, and where its words go. */
export interface Surroundings {
  /** Reads the configuration and prints its warnings. */
  config: () => Config;
  /** Prints a line for the person at the keyboard; control characters are shown, not obeyed. */
  say: (line: string) => void;
  /** Prints a line of progress, apart from the results. */
  note: (line: string) => void;
  /** Draws lines of progress in the place of those drawn before; absent where nobody looks at a terminal. */
  live?: (lines: string[]) => void;
  /** Sets the exit code of the process, for when everything is done. */
  exit: (code: number) => void;
}

/** Means that every command receives. */
export interface Cli extends Surroundings {
  /** A client of the stack's API, with the given key or else that of AWE_API_KEY. */
  api: (key?: string) => ApiClient;
  /** Prints a result as JSON, for a program or a person. */
  json: (value: unknown) => void;
  /** Prints a result as JSON if that is asked for, else the lines that people read. */
  print: (options: { json?: boolean }, value: unknown, lines: () => string[]) => void;
}

export function createCli(outside: Surroundings): Cli {
  const json = (value: unknown) => outside.say(JSON.stringify(value, null, 2));
  return {
    ...outside,
    api(key) {
      const config = outside.config();
      return createApiClient(apiUrl(config), key ?? config.http.apiKey);
    },
    json,
    print: (options, value, lines) => (options.json ? json(value) : lines().forEach((line) => outside.say(line))),
  };
}
