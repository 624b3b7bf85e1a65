import type { EditorState } from '@uiw/react-codemirror';
import type { FormSchema } from '../../parts/form/schema';
import schema from '../../../../schemas/json/workflow.v1.schema.json';
import { placeAt, type Place } from './place';
import type { Notation } from './route';

/** What the editor asks and takes, as far as it is needed here. */
interface Context {
  state: EditorState;
  pos: number;
  explicit: boolean;
}
interface Option {
  label: string;
  detail?: string;
  info?: string;
  apply?: string;
  type?: string;
}
interface Completions {
  from: number;
  options: Option[];
  validFor: RegExp;
}

/** Names that only the installation knows. */
export interface Names {
  tools: readonly { name: string; description: string }[];
  agents: readonly { name: string; description: string; tasks: readonly string[] }[];
  workflows: readonly { id: string; name: string }[];
}

const EXPRESSIONS = ['when', 'condition', 'items', 'while', 'until'];
const STEPS = ['depends_on', 'then', 'else', 'fallback'];

/** Suggestions by the published schema of definitions and the names of this installation. */
export const completionOf =
  (notation: Notation, names: Names) =>
  ({ state, pos, explicit }: Context): Completions | null => {
    const text = state.doc.toString();
    const typed = /[\w.$]*$/.exec(text.slice(Math.max(0, pos - 200), pos))?.[0] ?? '';
    const place = placeAt(text, pos, notation);
    if (place === undefined || (typed === '' && !explicit)) return null;
    const from = pos - typed.length;
    const line = state.doc.lineAt(pos).text.slice(0, pos - state.doc.lineAt(pos).from);
    const options = isExpression(line, place)
      ? expressionOptions(text)
      : place.member === undefined
        ? memberOptions(place, notation, line.slice(0, line.length - typed.length))
        : valueOptions(place.path, place.member, text, names);
    return options.length === 0 ? null : { from, options, validFor: /^[\w.$]*$/ };
  };

const isExpression = (line: string, { member }: Place): boolean =>
  /\$\{\{[^}]*$/.test(line) || (member !== undefined && EXPRESSIONS.includes(member) && !/:\s*["']?$/.test(line));

const stepIds = (text: string): string[] => [
  ...new Set(Array.from(text.matchAll(/["']?step_id["']?\s*:\s*["']?(\w+)/g), ([, id]) => id ?? '')),
];

const expressionOptions = (text: string): Option[] => [
  { label: 'input', type: 'variable' },
  ...stepIds(text).map((id) => ({ label: `steps.${id}.output`, type: 'variable' })),
  { label: 'item', type: 'variable' },
  { label: 'index', type: 'variable' },
];

type Schema = FormSchema & { anyOf?: Schema[]; const?: unknown };

/** The schema of what stands below these members. */
function schemaAt(path: readonly string[]): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const name of path) {
    const next: Schema | undefined =
      at?.properties?.[name] ?? at?.anyOf?.map((one) => one.properties?.[name]).find((one) => one !== undefined);
    at = next && typeof next.items === 'object' ? next.items : next;
  }
  return at;
}

function memberOptions({ path }: Place, notation: Notation, before: string): Option[] {
  const at = schemaAt(path);
  const isQuoted = before.endsWith('"');
  const members = Object.entries(at?.properties ?? at?.anyOf?.find(({ properties }) => properties)?.properties ?? {});
  return members.map(([label, one]) => ({
    label,
    type: 'property',
    detail: at?.required?.includes(label) ? '*' : undefined,
    info: one.description,
    apply: notation === 'yaml' ? `${label}: ` : isQuoted ? label : `"${label}": `,
  }));
}

function valueOptions(path: readonly string[], member: string, text: string, names: Names): Option[] {
  if (STEPS.includes(member)) return stepIds(text).map((label) => ({ label, type: 'variable' }));
  switch (member) {
    case 'tool':
    case 'tools':
      return names.tools.map(({ name, description }) => ({ label: name, info: description, type: 'function' }));
    case 'agent_type':
      return names.agents.map(({ name, description }) => ({ label: name, info: description, type: 'class' }));
    case 'task':
      return names.agents.flatMap(({ name, tasks }) =>
        tasks.map((label) => ({ label, detail: name, type: 'function' })),
      );
    case 'workflow':
      return names.workflows.map(({ id, name }) => ({ label: id, detail: name, type: 'class' }));
  }
  const at = schemaAt([...path, member]);
  const values = at?.enum ?? at?.anyOf?.flatMap(({ const: value }) => (value === undefined ? [] : [value])) ?? [];
  return values.map((value) => ({ label: String(value), type: 'enum' }));
}
