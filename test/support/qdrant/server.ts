/**
 * A stand-in for Qdrant: it keeps points in memory, and holds every request and every answer against the part of
 * Qdrant's own OpenAPI document that lies beside (docs/redoc/master/openapi.json of qdrant/qdrant at 74f3e85b94, 1.19.0,
 * Apache-2.0; the operations used here and the schemas that they name, without descriptions).
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Ajv from 'ajv';
import document from './openapi.json';

interface Point {
  id: string;
  vector: number[];
  payload: Record<string, unknown>;
}
interface Condition {
  key?: string;
  match?: { value: unknown };
  range?: { lte?: number };
  has_id?: string[];
}
interface Filter {
  must?: Condition[];
  must_not?: Condition[];
}
interface Body {
  vectors?: { size: number };
  points?: (Point & string)[];
  filter?: Filter;
  query?: number[];
  offset?: number;
  limit?: number;
}

interface Operation {
  requestBody?: { content: { 'application/json': { schema: { $ref: string } } } };
  responses: { '200'?: { content: { 'application/json': { schema: object } } } };
}

export interface QdrantStandIn {
  url: string;
  /** requests and answers that the document refuses */
  faults: string[];
  /** `METHOD path-template`, in their order */
  calls: string[];
  points: (collection: string) => Point[];
  /** the next requests are answered with this status */
  fail: (status: number | undefined) => void;
  stop: () => Promise<void>;
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: false });
ajv.addSchema(asJsonSchema(document) as object, 'qdrant');
/** A schema of an operation, whose references lead into the document. */
const absolute = (schema: object): object =>
  JSON.parse(JSON.stringify(asJsonSchema(schema)).replaceAll('"#/components', '"qdrant#/components')) as object;
const check = (schema: object, value: unknown): string | undefined =>
  ajv.validate(absolute(schema), value) ? undefined : ajv.errorsText();

export async function startQdrant(): Promise<QdrantStandIn> {
  const collections = new Map<string, { size: number; points: Map<string, Point> }>();
  const faults: string[] = [];
  const calls: string[] = [];
  let failing: number | undefined;

  const server: Server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { pathname } = new URL(req.url ?? '/', 'http://x');
      const [, name = ''] = /^\/collections\/([^/]+)/.exec(pathname) ?? [];
      const template = pathname.replace(/^\/collections\/[^/]+/, '/collections/{collection_name}');
      const method = (req.method ?? '').toLowerCase();
      const operation = (document.paths as unknown as Record<string, Record<string, Operation>>)[template]?.[method];
      const text = Buffer.concat(chunks).toString();
      const body = (text === '' ? {} : JSON.parse(text)) as Body;
      calls.push(`${method.toUpperCase()} ${template}`);
      const schema = operation?.requestBody?.content['application/json'].schema;
      const wrong = !operation ? 'no such operation' : schema && check(schema, body);
      if (wrong !== undefined) faults.push(`${method} ${template}: ${wrong}`);
      const status = failing ?? (wrong === undefined ? 200 : 400);
      const result = status === 200 ? answer(`${method} ${template}`, name, body) : undefined;
      const answered = { time: 0.001, status: status === 200 ? 'ok' : { error: 'refused' }, result };
      const described = operation?.responses['200']?.content['application/json'].schema;
      const bad = status === 200 && described ? check(described, answered) : undefined;
      if (bad !== undefined) faults.push(`answer of ${method} ${template}: ${bad}`);
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
    });
  });

  function answer(operation: string, name: string, body: Body): unknown {
    const points = collections.get(name)?.points ?? new Map<string, Point>();
    const chosen = () => [...points.values()].filter((point) => fits(point, body.filter));
    const done = { operation_id: 1, status: 'completed' };
    switch (operation) {
      case 'get /collections':
        return { collections: [...collections.keys()].map((one) => ({ name: one })) };
      case 'get /collections/{collection_name}/exists':
        return { exists: collections.has(name) };
      case 'put /collections/{collection_name}':
        collections.set(name, { size: body.vectors?.size ?? 0, points: new Map() });
        return true;
      case 'put /collections/{collection_name}/points':
        for (const point of body.points ?? []) points.set(point.id, point);
        return done;
      case 'post /collections/{collection_name}/points/delete':
        for (const id of body.points ?? chosen().map((point) => point.id)) points.delete(id);
        return done;
      case 'post /collections/{collection_name}/points/count':
        return { count: chosen().length };
      case 'post /collections/{collection_name}/points/query': {
        const scored = chosen().map(({ id, payload, vector }) => ({
          id,
          version: 1,
          payload,
          score: cosine(vector, body.query ?? []),
        }));
        // without a vector, points come in the order of their ids
        const ordered = scored.sort((a, b) => (body.query ? b.score - a.score : a.id < b.id ? -1 : 1));
        const from = body.offset ?? 0;
        return { points: ordered.slice(from, from + (body.limit ?? 10)) };
      }
      default:
        return done;
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    calls,
    points: (collection) => [...(collections.get(collection)?.points.values() ?? [])],
    fail: (status) => void (failing = status),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** OpenAPI 3.0 writes `nullable` where JSON Schema has a type of its own. */
function asJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asJsonSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, discriminator: _, ...rest } = node as Record<string, unknown>;
  const plain = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, asJsonSchema(value)]));
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}

const fits = (point: Point, { must = [], must_not = [] }: Filter = {}): boolean =>
  must.every((one) => holds(point, one)) && !must_not.some((one) => holds(point, one));

function holds({ id, payload }: Point, { key = '', match, range, has_id }: Condition): boolean {
  if (has_id) return has_id.includes(id);
  const value = payload[key];
  if (match) return value === match.value;
  return typeof value === 'number' && range?.lte !== undefined && value <= range.lte;
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const product = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  return product / (Math.hypot(...a) * Math.hypot(...b) || 1);
}
