import type { Config } from '../src/config';

/** Means that every command receives. */
export interface Cli {
  /** Reads the configuration and prints its warnings. */
  config: () => Config;
  /** Prints a line for the person at the keyboard; control characters are shown, not obeyed. */
  say: (line: string) => void;
  /** Prints a line of progress, apart from the results. */
  note: (line: string) => void;
  /** Sets the exit code of the process, for when everything is done. */
  exit: (code: number) => void;
}
