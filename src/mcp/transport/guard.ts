import { spawn, type ChildProcess } from 'node:child_process';

/** Sees to it that the children of this process end with it, also when it is killed. */
export interface ChildGuard {
  /** The group of a child, which it leads. */
  add(group: number): void;
  /** Ends every process of a group that is still there, and forgets it. */
  end(group: number): void;
  /** Ends all groups, and the guard. */
  close(): void;
}

/**
 * Reads groups from its standard input, `+` for one that is to end with the worker and `-` for one that has ended. When
 * the worker is gone, however it went, the input ends, and so do the groups.
 */
const SCRIPT = `
groups=' '
while read -r sign group; do
  case $sign in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

/** A small process of its own, started with the first child; a group of its own, so that no signal of ours ends it. */
export function createChildGuard(): ChildGuard {
  const groups = new Set<number>();
  let guard: ChildProcess | undefined;
  let closed = false;

  function start(): ChildProcess {
    const started = spawn('/bin/sh', ['-c', SCRIPT], {
      cwd: '/',
      env: {},
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    started.on('error', () => undefined);
    started.stdin.on('error', () => undefined);
    started.once('exit', () => {
      if (guard !== started) return;
      guard = undefined;
      if (!closed && groups.size > 0) guard = start(); // somebody has ended it; the groups still need one
    });
    started.unref();
    for (const group of groups) started.stdin.write(`+ ${group}\n`);
    return started;
  }

  const tell = (line: string): void => void guard?.stdin?.write(line);

  function end(group: number): void {
    killGroup(group);
    if (groups.delete(group)) tell(`- ${group}\n`);
  }

  return {
    add(group) {
      guard ??= start();
      groups.add(group);
      tell(`+ ${group}\n`);
    },
    end,
    close() {
      closed = true;
      for (const group of [...groups]) end(group);
      guard?.stdin?.end();
    },
  };
}

/** Ends a group at once; one that is gone is fine. */
export function killGroup(group: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(-group, signal);
  } catch {
    // nobody is left
  }
}
