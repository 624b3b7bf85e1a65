import type { JsonObject } from '../../../../schemas/json';
import type { Draft } from './draft';
import type { PlannedStep } from './steps';

/** Places of the workspace and tables that a step reads or changes, as they stand in its arguments. */
interface Touched {
  reads: string[];
  changes: string[];
}

/** Has a step that touches what another one changes wait for it, in the order in which they were said. */
export function orderConflicts({ steps }: Draft): void {
  const touched = steps.all.map((step) => touchedBy(step));
  steps.all.forEach((later, at) => {
    steps.all.slice(0, at).forEach((earlier, index) => {
      const [one, other] = [touched[index], touched[at]];
      if (!one || !other || steps.follows(earlier, later.id)) return;
      const isInWay =
        meet(one.changes, other.reads) || meet(one.reads, other.changes) || meet(one.changes, other.changes);
      if (isInWay) steps.order(later, earlier.id);
    });
  });
}

function touchedBy({ uses = '', with: args = {} }: PlannedStep): Touched {
  const text = (name: string): string[] => (typeof args[name] === 'string' ? [args[name]] : []);
  const path = text('path');
  const saved = text('save_as');
  if (uses.startsWith('sql.')) {
    const tables = tablesOf(args).map((name) => `table ${name}`);
    return uses === 'sql.query' ? { reads: tables, changes: saved } : { reads: path, changes: tables };
  }
  if (uses === 'memory.search') return { reads: spaceOf(text('space')), changes: [] };
  if (uses === 'memory.remember' || uses === 'memory.forget') return { reads: [], changes: spaceOf(text('space')) };
  if (uses === 'file.copy') return { reads: text('from'), changes: text('to') };
  if (uses === 'file.move') return { reads: [], changes: [...text('from'), ...text('to')] };
  if (uses === 'file.delete') return { reads: [], changes: path };
  if (uses === 'file.write') return { reads: [], changes: path };
  return { reads: path, changes: saved };
}

const spaceOf = ([space = '']: string[]): string[] => [`memory ${space}`];

/** Tables that a step of the database speaks of, in small letters. */
export const tablesOf = ({ table, sql }: JsonObject): string[] =>
  typeof table === 'string' ? [table.toLowerCase()] : typeof sql === 'string' ? namesIn(sql) : [];

const namesIn = (sql: string): string[] =>
  [...sql.matchAll(/\b(?:from|join|into|update|table)\s+"?([\w.]+)/gi)].map(([, name = '']) => name.toLowerCase());

/** True where both name the same place, or one a folder that the other lies in. */
const meet = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.some((other) => one === other || isWithin(one, other) || isWithin(other, one)));

const isWithin = (inner: string, folder: string): boolean =>
  folder !== '' && !folder.includes('${{') && inner.startsWith(`${folder.replace(/\/$/, '')}/`);
