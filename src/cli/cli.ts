import type { Config } from '../config';

/** What every command is given. */
export interface Cli {
  /** Reads the configuration and prints its warnings. */
  config: () => Config;
  /** One line for the person at the keyboard. */
  say: (line: string) => void;
}
