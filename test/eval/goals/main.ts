/** `make eval-goals LEARN=2`: has the rules plan the authors' goals, and prints how well. */
import { parseArgs } from 'node:util';
import { printGoals } from './run';

const { values } = parseArgs({ options: { learn: { type: 'string', default: '' } } });
printGoals((line) => process.stdout.write(`${line}\n`), values.learn);
