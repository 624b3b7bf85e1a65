import { Problem } from '../schemas/api';
import { headerForms, type Contract } from './contract';

type Node = { [key: string]: unknown };

/** Statuses of problems that any address may answer with. */
const shared = { keyed: [400, 401, 403, 429, 503], public: [400, 403] } as const;

const reasons: Record<number, string> = {
  400: 'the request cannot be read',
  401: 'a key is needed',
  403: 'the key does not suffice, or the request comes from a page of another site',
  404: 'there is no such thing',
  409: 'it conflicts with what is there',
  412: 'what is shown has changed',
  413: 'too large',
  415: 'this kind of body is not taken',
  416: 'the range lies outside the file',
  408: 'it stopped arriving',
  422: 'not valid; `errors` say where',
  428: 'it does not say what it decides on: If-Match is missing',
  429: 'too many; `Retry-After` says when, `RateLimit` what is left',
  503: 'not now; `Retry-After` says when',
};

/** The API as OpenAPI 3.1, made from the same contracts as the routes. */
export function openApiDocument(contracts: readonly Contract[], version: string): Node {
  const schemas: Node = {};
  const toRef = (schema: unknown): unknown => lift(schema, schemas);
  const paths: { [path: string]: Node } = {};
  for (const contract of contracts) {
    paths[contract.path] = { ...paths[contract.path], [contract.method]: operation(contract, toRef) };
  }
  toRef(Problem);
  return {
    openapi: '3.1.0',
    info: {
      title: 'AWE',
      version,
      description: 'The Agentic Workflow Engine: durable, approved, provable automation on Temporal.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(contracts.map(({ tag }) => tag))].map((name) => ({ name })),
    security: [...byKey, { session: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'awe_session',
          description: 'of browsers; over https `__Host-awe_session`',
        },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token', description: '`csrf_token` of the session' },
      },
    },
  };
}

function operation(contract: Contract, toRef: (schema: unknown) => unknown): Node {
  const parameters = [
    ...parametersIn('path', contract.params, toRef),
    ...parametersIn('query', contract.query, toRef),
    ...Object.entries(contract.headers ?? {}).map(([name, said]) => {
      const { says: description, form: pattern } =
        typeof said === 'string' ? { says: said, form: headerForms[name] } : said;
      return { name, in: 'header', required: false, description, schema: { type: 'string', pattern } };
    }),
  ];
  const needs = contract.roles === 'public' ? '' : `Roles: ${contract.roles.join(', ')}.`;
  return {
    operationId: contract.id,
    tags: [contract.tag],
    summary: contract.summary,
    description: [contract.description, needs].filter(Boolean).join('\n\n'),
    ...securityOf(contract),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(contract.body ? { requestBody: requestBody(contract.body, toRef) } : {}),
    responses: responses(contract, toRef),
  };
}

const byKey = [{ bearer: [] }, { apiKey: [] }];

/** Proofs of the caller, where they are not those of an address that changes nothing. */
function securityOf({ roles, method }: Contract): Node {
  if (roles === 'public') return { security: [] };
  return method === 'get' ? {} : { security: [...byKey, { session: [], csrf: [] }] };
}

function parametersIn(
  place: 'path' | 'query',
  members: Contract['params'],
  toRef: (schema: unknown) => unknown,
): Node[] {
  return Object.entries(members ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: !('~optional' in schema),
    schema: toRef(schema),
  }));
}

function requestBody(
  { json, form, example, optional, yaml }: NonNullable<Contract['body']>,
  toRef: (schema: unknown) => unknown,
): Node {
  return {
    required: !optional,
    content: {
      ...(json ? { 'application/json': { schema: toRef(json), ...(example ? { example } : {}) } } : {}),
      ...(json && yaml ? { 'application/yaml': { schema: toRef(json) } } : {}),
      ...(form ? { 'multipart/form-data': { schema: toRef(form), ...(json || !example ? {} : { example }) } } : {}),
    },
  };
}

function responses(contract: Contract, toRef: (schema: unknown) => unknown): Node {
  const answers: Node = {};
  for (const { status, description, schema, media } of contract.answers) {
    const type = media ?? 'application/json';
    const content = media
      ? { [type]: { schema: { type: 'string' } } }
      : schema && { [type]: { schema: toRef(schema) } };
    answers[status] = { description, ...(content ? { content } : {}) };
  }
  const problems = [
    ...shared[contract.roles === 'public' ? 'public' : 'keyed'],
    ...(contract.problems ?? []),
    ...(contract.query?.cursor ? [422] : []), // a cursor that the list has not given
  ];
  for (const status of problems.sort((a, b) => a - b)) {
    answers[status] ??= {
      description: reasons[status] ?? 'a problem',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return answers;
}

/** Plain JSON Schema, in which every schema with a name (`$id`) has moved to the components. */
function lift(schema: unknown, schemas: Node): unknown {
  if (Array.isArray(schema)) return schema.map((one) => lift(one, schemas));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $id, ...rest } = schema as { $id?: string };
  const plain = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, lift(value, schemas)]));
  if ($id === undefined) return plain;
  schemas[$id] = plain;
  return { $ref: `#/components/schemas/${$id}` };
}
