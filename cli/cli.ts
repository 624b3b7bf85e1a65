import type { Config } from '../src/config';

/** What every command is given. */
export interface Cli {
  /** Reads the configuration and prints its warnings. */
  config: () => Config;
  /** One line for the person at the keyboard. */
  say: (line: string) => void;
  /** One line of progress, apart from the results. */
  note: (line: string) => void;
  /** With which code the process ends, once everything is done. */
  exit: (code: number) => void;
}
