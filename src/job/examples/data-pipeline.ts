import type { Json, JsonObject } from '../../../schemas/json';
import type { Plan, Step } from '../../../schemas/plan';
import { ParameterError, requestOf, type HttpCall } from './call';

/** Operations that make a list of a list. */
const OPERATIONS = ['filter', 'select', 'map', 'group', 'join', 'sort', 'distinct'] as const;

/** An operation of `transform.apply` with its arguments, such as `{ operation: 'sort', by: [{ field: 'name' }] }`. */
export type Transformation = JsonObject & { operation: (typeof OPERATIONS)[number] };

/** Where items come from: an address, a request with the place of the list in its answer, a query, or the items. */
export type PipelineSource =
  | string
  | (HttpCall & { items?: string })
  | { sql: string; params?: Json[]; database?: string }
  | { rows: JsonObject[] };

/** Where items go: a file of the workspace (.json, .jsonl, .csv, .xlsx), a table, or an address that gets them as JSON. */
export type PipelineDestination =
  | string
  | { table: string; create?: boolean; on_conflict?: 'error' | 'skip' | 'update'; key?: string[]; database?: string }
  | HttpCall;

/** Parameters of a data pipeline. */
export interface DataPipeline {
  name?: string;
  source: PipelineSource;
  transformations?: Transformation[];
  destination: PipelineDestination;
}

/** A plan that takes items from a source, transforms them in turn, and puts them where they belong. @throws ParameterError */
export function planDataPipeline({ name, source, transformations = [], destination }: DataPipeline): Plan {
  const extract = extractOf(source);
  const read = extract.at(-1)?.items ?? '';
  const steps = extract.map(({ step }) => step);
  let items = read;
  if (transformations.length > 0) {
    steps.push(transformOf(transformations, read));
    items = 'steps.transform.output.items';
  }
  return {
    name: name ?? 'data pipeline',
    steps: [...steps, loadOf(destination, `\${{ ${items} }}`)],
    result: { items: `\${{ size(${items}) }}`, load: '${{ steps.load.output }}' },
  };
}

/** Steps that read, and the expression that gives the items of the last. */
function extractOf(source: PipelineSource): { step: Step; items: string }[] {
  if (typeof source === 'object' && 'rows' in source) {
    const step: Step = { id: 'extract', kind: 'tool', uses: 'data.echo', with: { rows: source.rows } };
    return [{ step, items: 'steps.extract.output.rows' }];
  }
  if (typeof source === 'object' && 'sql' in source) {
    const step: Step = { id: 'extract', kind: 'tool', uses: 'sql.query', with: { ...source } };
    return [{ step, items: 'steps.extract.output.rows' }];
  }
  const { items, ...call } = typeof source === 'string' ? { url: source, items: undefined } : source;
  const request = requestOf(call, 'source');
  if (/\.csv(\?|$)/i.test(call.url)) {
    const fetch: Step = { id: 'extract', kind: 'tool', uses: 'http.request', with: { ...request, response: 'text' } };
    const text = { text: '${{ steps.extract.output.body }}' };
    const parse: Step = { id: 'parse', kind: 'tool', uses: 'transform.from_csv', with: text };
    return [
      { step: fetch, items: '' },
      { step: parse, items: 'steps.parse.output.items' },
    ];
  }
  const step: Step = { id: 'extract', kind: 'tool', uses: 'http.request', with: { response: 'json', ...request } };
  return [{ step, items: ['steps.extract.output.body', ...placeOf(items)].join('.') }];
}

/** The place of a list in an answer, as names with dots between. */
function placeOf(items: unknown): string[] {
  if (items === undefined || items === '') return [];
  if (typeof items === 'string' && /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(items)) return [items];
  throw new ParameterError('source.items names the list in the answer, such as data.users.');
}

function transformOf(transformations: Transformation[], items: string): Step {
  const wrong = transformations.find(({ operation }) => !OPERATIONS.includes(operation));
  if (wrong)
    throw new ParameterError(
      `A transformation has an operation, one of ${OPERATIONS.join(', ')}, not ${JSON.stringify(wrong.operation)}.`,
    );
  return {
    id: 'transform',
    kind: 'tool',
    uses: 'transform.apply',
    with: { items: `\${{ ${items} }}`, transformations },
  };
}

function loadOf(destination: PipelineDestination, items: string): Step {
  const load = (uses: string, given: JsonObject): Step => ({ id: 'load', kind: 'tool', uses, with: given });
  if (typeof destination !== 'string' && 'table' in destination)
    return load('sql.insert', { ...(destination as JsonObject), items });
  if (typeof destination !== 'string')
    return load('http.request', { method: 'POST', ...requestOf(destination, 'destination'), json: items });
  if (/^https?:/i.test(destination)) return load('http.request', { url: destination, method: 'POST', json: items });
  const [, form] = /\.(jsonl?|csv|xlsx)$/i.exec(destination) ?? [];
  if (form === undefined)
    throw new ParameterError(`destination is a file ending in .json, .jsonl, .csv or .xlsx, not ${destination}.`);
  if (form.toLowerCase().startsWith('json')) return load('file.write', { path: destination, json: items });
  return load(`transform.to_${form.toLowerCase()}`, { items, save_as: destination });
}
