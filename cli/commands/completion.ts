import { Argument, type Command } from 'commander';
import type { Cli } from '../cli';

const shells = ['bash', 'zsh'] as const;

export function registerCompletion(program: Command, cli: Cli): void {
  program
    .command('completion')
    .description('print a script that completes the commands of awe: eval "$(awe completion bash)"')
    .addArgument(new Argument('<shell>', 'your shell').choices(shells))
    .action((shell: (typeof shells)[number]) => cli.say(completionScript(program, shell)));
}

/** A script for bash; zsh understands it through its own emulation. */
function completionScript(program: Command, shell: (typeof shells)[number]): string {
  const cases = wordsOf(program, program.name()).map(([path, words]) => `    '${path}') words='${words.join(' ')}' ;;`);
  return [
    ...(shell === 'zsh' ? ['autoload -U +X bashcompinit && bashcompinit'] : []),
    '_awe() {',
    '  local path=awe words= word',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case $word in -*) ;; *) path="$path $word" ;; esac',
    '  done',
    '  case $path in',
    ...cases,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -o default -F _awe awe bin/awe',
  ].join('\n');
}

/** The words that may follow each command: its subcommands, the choices of its arguments, its options. */
function wordsOf(command: Command, path: string): [string, string[]][] {
  const options = command.createHelp().visibleOptions(command);
  const words = [
    ...command.commands.map((one) => one.name()),
    ...command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
    ...options.flatMap(({ long }) => long ?? []),
  ];
  return [[path, words], ...command.commands.flatMap((one) => wordsOf(one, `${path} ${one.name()}`))];
}
