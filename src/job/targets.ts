import type { Access, Target, TouchKind } from '../../schemas/job/touches';
import type { Json } from '../../schemas/json';
import type { CompleteSpec } from '../../core/worst-case';
import type { Call } from './calls';
import { knownText } from './known';
import { tablesOf, UNKNOWN } from './sql/tables';
import { HOLE } from './sql/tokens';

export type { Target } from '../../schemas/job/touches';

export const isChange = ({ access }: Pick<Target, 'access'>): boolean => access !== 'read';

/** True for a change beyond the job's own workspace and memory. */
export const isOutsideEffect = (target: Pick<Target, 'access' | 'outside'>): boolean =>
  target.outside && isChange(target);

/**
 * What a call touches, by its arguments: tools name alike what is alike (`url`, `sql`, `table`, `path`, `from`, `to`,
 * `pattern`, `save_as`). A call with an effect always touches something, if only the unknown.
 */
export function targetsOf(call: Call, input?: Json): Target[] {
  return targetsBy(call, (name) => knownText(call.args[name], input, HOLE));
}

/** What a call touches whose arguments are all known: no text in them is an expression. */
export function targetsOfKnown(call: Arguments): Target[] {
  return targetsBy(call, (name) => {
    const value = call.args[name];
    return typeof value === 'string' ? value : undefined;
  });
}

type Arguments = Pick<Call, 'spec' | 'args'>;

function targetsBy(call: Arguments, text: TextOf): Target[] {
  const { spec } = call;
  const write: Access = spec.effect === 'none' ? 'read' : 'write';
  if (spec.name.startsWith('mcp.')) return [outside('mcp', spec.name.slice('mcp.'.length), write)];
  if (spec.name.startsWith('memory.')) return [memoryOf(call, text, write)];
  const found = [...hostsOf(call, text), ...tablesIn(call, text), ...filesOf(call, text)];
  const changes = found.some(isChange);
  return spec.effect === 'none' || changes || onlySaves(spec)
    ? found
    : [...found, outside('unknown', UNKNOWN, 'write')];
}

type TextOf = (name: string) => string | undefined;

/** Memory of the job: its values by name, and its own space of texts. Other spaces are those of others. */
function memoryOf({ args }: Arguments, text: TextOf, write: Access): Target {
  return 'space' in args
    ? outside('memory', nameOf(text('space'), UNKNOWN), write)
    : inside('memory', nameOf(text('name'), '*'), write);
}

const outside = (kind: TouchKind, target: string, access: Access): Target => ({ kind, target, access, outside: true });
const inside = (kind: TouchKind, target: string, access: Access): Target => ({ kind, target, access, outside: false });

/** A name, if it is given and known. */
const nameOf = (text: string | undefined, absent: string): string =>
  text === undefined ? absent : text.includes(HOLE) ? UNKNOWN : text;

function hostsOf({ spec, args }: Arguments, text: TextOf): Target[] {
  const kind = /webhook/.test(spec.name) ? 'webhook' : 'host';
  const taken = text('method') === 'DELETE' ? 'delete' : 'write';
  const access = spec.effect === 'none' ? 'read' : taken;
  const asked = 'url' in args ? hostIn(text('url') ?? HOLE) : undefined;
  const isBound = spec.egress.length > 0 && !spec.egress.includes('*') && !spec.egress.includes(asked ?? '*');
  if (asked !== undefined && !isBound) return [outside(kind, asked, access)];
  return spec.egress.map((host) => outside(kind, host === '*' ? UNKNOWN : host, access));
}

/** Host of an address, with its port where that is not the usual one. It is known once the address goes on behind it. */
function hostIn(url: string): string {
  const [known = ''] = url.split(HOLE, 1);
  const isWhole = known === url || /^[a-z]+:[/\\]{2}[^/\\?#]+[/\\?#]/i.test(known);
  if (!isWhole || !URL.canParse(known)) return UNKNOWN;
  return new URL(known).host.replace(/\.(?=:|$)/, '') || UNKNOWN;
}

function tablesIn({ spec, args }: Arguments, text: TextOf): Target[] {
  const of = nameOf(text('database'), '');
  const named = (table: string) => (of === '' || table === UNKNOWN ? table : `${of}:${table}`);
  const target = (table: string, access: Access) => outside('table', named(table), access);
  const found = 'table' in args ? [target(nameOf(text('table'), UNKNOWN), 'write')] : [];
  if (!('sql' in args)) return found;
  // a database lets a tool without effect read alone
  const most = (access: Access): Access => (spec.effect === 'none' ? 'read' : access);
  const read = tablesOf(text('sql') ?? HOLE).map(({ table, access }) => target(table, most(access)));
  const changes = read.some(({ access }) => access !== 'read');
  return [...found, ...read, ...(changes || spec.effect === 'none' ? [] : [target(UNKNOWN, 'write')])];
}

function filesOf({ spec, args }: Arguments, text: TextOf): Target[] {
  const path = (name: string) => nameOf(text(name), UNKNOWN);
  const verb = spec.name === 'file.operation' ? nameOf(text('operation'), UNKNOWN) : spec.name.replace('file.', '');
  const isFileTool = spec.name.startsWith('file.');
  const found: Target[] = [];
  if ('save_as' in args) found.push(inside('file', path('save_as'), 'write'));
  if (isFileTool && 'from' in args) found.push(inside('file', path('from'), verb === 'move' ? 'delete' : 'read'));
  if (isFileTool && 'to' in args) found.push(inside('file', path('to'), 'write'));
  const place = ['path', 'file_path', 'pattern'].find((name) => name in args);
  const access =
    spec.effect === 'none' || 'table' in args || !isFileTool
      ? 'read'
      : verb === 'delete' || verb === UNKNOWN
        ? 'delete'
        : 'write';
  if (place !== undefined) found.push(inside('file', path(place), access));
  return found.length === 0 && isFileTool ? [inside('file', '*', access)] : found;
}

/** True for a tool whose one effect is the file that it may be asked to save. */
const onlySaves = ({ input, egress }: CompleteSpec): boolean =>
  egress.length === 0 && Object.hasOwn(input.properties ?? {}, 'save_as');
