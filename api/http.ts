import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { TSchema } from 'typebox';
import { validatorFor, type Checked } from '../src/contracts/validators';
import { decodeCursor } from '../src/runs/cursor';
import type { Pointed } from '../src/runs/errors';
import { assertOwnHost, assertRole, assertSameOrigin, type Authenticate, type Principal } from './auth';
import type { Contract } from './contract';
import { bodyKind, jsonReader, unsupported } from './middleware/body';
import type { Call, Handle, Route } from './part';
import { HttpProblem } from './problem';

export interface MountOptions {
  authenticate: Authenticate;
  /** without keys, only this machine's own host names are answered */
  guardHost: boolean;
  bodyLimitBytes: number;
  /** milliseconds for a handler that does not stream */
  timeLimit: number;
}

/** Mounts the routes, and 405 with `Allow` for methods that an address lacks. */
export function mount(routes: readonly Route[], options: MountOptions): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const readJson = jsonReader(options.bodyLimitBytes);
  router.use((req, _res, next) => {
    if (options.guardHost) assertOwnHost(req);
    assertSameOrigin(req);
    next();
  });
  for (const path of new Set(routes.map(({ contract }) => contract.path))) {
    const here = routes.filter(({ contract }) => contract.path === path);
    const place = router.route(expressPath((here[0] as Route).contract));
    for (const { contract, handle } of here) place[contract.method](serve(contract, handle, options, readJson));
    const allow = here
      .flatMap(({ contract: { method } }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
      .join(', ');
    place.all((req) => {
      throw new HttpProblem('method-not-allowed', `${req.method} is not known here; ${allow} are.`, {
        headers: { Allow: allow },
      });
    });
  }
  return router;
}

/** `{control}` stands for a few words, which become part of the route, so that other words fall through. */
function expressPath({ path, params }: Contract): string | RegExp {
  const enums = Object.entries(params ?? {}).filter(([, schema]) => 'enum' in schema);
  if (enums.length === 0) return path.replaceAll(/\{(\w+)\}/g, ':$1');
  const source = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const words = (params?.[name] as { enum?: string[] }).enum;
    return words ? `(?<${name}>${words.join('|')})` : `(?<${name}>[^/]+)`;
  });
  return new RegExp(`^${source}$`);
}

function serve(
  contract: Contract,
  handle: Handle,
  options: MountOptions,
  readJson: ReturnType<typeof jsonReader>,
): RequestHandler {
  const checks = {
    params: checkerOf(contract.params),
    query: checkerOf(contract.query),
    body: contract.body?.json && validatorFor(contract.body.json),
  };
  const streams = contract.answers.some(({ media }) => media !== undefined);

  async function answer(req: Request, res: Response): Promise<void> {
    res.locals.route = `${contract.method.toUpperCase()} ${contract.path}`;
    res.locals.quiet = contract.roles === 'public';
    res.locals.streams = streams;
    const principal = contract.roles === 'public' ? nobody : await options.authenticate(req);
    if (contract.roles !== 'public') assertRole(principal, contract.roles);
    res.locals.principal = principal.name;
    const params = readParams(req, checks.params);
    const query = readQuery(req, contract, checks.query);
    const body = await readBody(contract, req, res);
    const reply = await handle({ req, res, principal, params, query, body });
    if (!reply || res.headersSent) return;
    res.status(reply.status ?? 200).set(reply.headers ?? {});
    res.type('application/json').send(JSON.stringify(reply.body));
  }

  async function readBody(contract: Contract, req: Request, res: Response): Promise<unknown> {
    const kind = bodyKind(req);
    if (!contract.body) {
      if (
        contract.method === 'post' &&
        kind !== 'none' &&
        Number(req.get('content-length') ?? 0) > options.bodyLimitBytes
      ) {
        throw new HttpProblem('too-large', 'This address takes no body.');
      }
      return undefined;
    }
    const { form, json } = contract.body;
    if (form && kind === 'form') return undefined;
    if (kind === 'none') throw new HttpProblem('bad-request', 'A body is missing.');
    const taken = [...(json ? ['application/json'] : []), ...(form ? ['multipart/form-data'] : [])];
    if (kind !== 'json' || !checks.body) throw unsupported(taken);
    return checked(await readJson(req, res), checks.body);
  }

  return (req: Request, res: Response, next: NextFunction) => {
    const timer = streams
      ? undefined
      : setTimeout(() => {
          next(
            new HttpProblem('overloaded', 'The answer took too long. Try again; what was accepted is not lost.', {
              headers: { 'Retry-After': '5' },
            }),
          );
        }, options.timeLimit);
    answer(req, res)
      .catch(next)
      .finally(() => clearTimeout(timer));
  };
}

const nobody: Principal = { name: '-', roles: [] };

type Check = ReturnType<typeof validatorFor>;

/** A checker for parameters: an object of the given members and no others. */
function checkerOf(members: Record<string, TSchema> | undefined): Check {
  const required = Object.entries(members ?? {}).flatMap(([name, schema]) => (isOptional(schema) ? [] : [name]));
  return validatorFor({ type: 'object', properties: members ?? {}, required, additionalProperties: false });
}

const isOptional = (schema: TSchema): boolean => '~optional' in schema;

/** Returns a valid body, or throws 422 with a pointer per fault. `place` may map a pointer back to its origin. */
export function checked<T>(value: unknown, check: (value: unknown) => Checked<T>, place = (p: string) => p): T {
  const result = check(value);
  if (result.ok) return result.value;
  const errors: Pointed[] = result.errors.map(({ pointer, message }) => ({ pointer: place(pointer), detail: message }));
  throw new HttpProblem('invalid', 'The body is not valid; see errors.', { errors });
}

function readParams(req: Request, check: Check): Record<string, string> {
  const result = check({ ...req.params });
  if (!result.ok) throw new HttpProblem('not-found', 'There is no such address.');
  return result.value as Record<string, string>;
}

function readQuery(req: Request, contract: Contract, check: Check): Call['query'] {
  const query: Record<string, unknown> = {};
  const given = new URLSearchParams(req.originalUrl.split('?')[1] ?? '');
  for (const [name, text] of given) {
    if (name in query) throw wrongQuery([{ pointer: name, detail: 'must come once' }]);
    const { type } = { type: undefined, ...contract.query?.[name] };
    query[name] = type === 'integer' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  }
  const result = check(query);
  if (!result.ok)
    throw wrongQuery(result.errors.map(({ pointer, message }) => ({ pointer: pointer.slice(1), detail: message })));
  return result.value as Call['query'];
}

const wrongQuery = (errors: Pointed[]) =>
  new HttpProblem('bad-request', 'A parameter of the address is wrong.', { errors });

const KEY = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** The caller's key for a request, if there is one. */
export function idempotencyKey(req: Request): string | undefined {
  const key = req.get('idempotency-key');
  if (key === undefined) return undefined;
  if (!KEY.test(key))
    throw new HttpProblem('bad-request', 'An Idempotency-Key has 1 to 255 printable ASCII characters.');
  return key;
}

/** The digest in `If-Match`, if there is one. */
export function ifMatch(req: Request): string | undefined {
  const given = req.get('if-match')?.trim();
  if (given === undefined || given === '*') return undefined;
  const tag = /^"([^"]{1,80})"$/.exec(given)?.[1];
  if (tag === undefined)
    throw new HttpProblem('bad-request', 'If-Match takes one strong entity tag, in quotation marks.');
  return tag;
}

/** First entry of a page, in a list that numbers its entries. */
export const positionOf = ({ query: { cursor } }: Call): number =>
  cursor === undefined ? 0 : decodeCursor(String(cursor), isPosition);

const isPosition = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
