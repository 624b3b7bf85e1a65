/**
 * A fault that the person at the keyboard can fix. The message is one clear sentence (or, for a configuration, one line
 * per variable) with the remedy in it; the CLI prints it without a stack and exits with 1.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
}

/** The configuration is wrong. The message names every wrong variable, the fault and the remedy. */
export class ConfigError extends UserError {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? '1 wrong value' : `${problems.length} wrong values`;
    super([`The configuration has ${count}:`, ...problems.map((p) => `  ${p.name}: ${p.message}`)].join('\n'));
  }
}

export interface ConfigProblem {
  /** The variable's name. */
  name: string;
  /** The fault of its value, and the remedy. */
  message: string;
}
