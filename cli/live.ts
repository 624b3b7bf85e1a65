import type { WriteStream } from 'node:tty';
import { printable } from '../src/printable';

/** Lines at the end of a terminal that can be drawn anew; whatever else is printed begins below them. */
export interface Live {
  draw: (lines: string[]) => void;
  /** What was drawn stays; the next lines begin below it. */
  leave: () => void;
}

export function createLive(terminal: Pick<WriteStream, 'write' | 'columns'>): Live {
  let drawn = 0;
  return {
    draw(lines) {
      const width = Math.max(20, terminal.columns || 80) - 1;
      const fit = lines.map((line) => [...printable(line)].slice(0, width).join(''));
      const back = drawn > 0 ? `\x1b[${drawn}A\x1b[0J` : '';
      terminal.write(`${back}${fit.join('\n')}\n`);
      drawn = fit.length;
    },
    leave: () => void (drawn = 0),
  };
}
