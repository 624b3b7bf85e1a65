import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import type { TSchema } from 'typebox';
import { validatorFor, type Checked } from '../src/contracts/validators';
import { decodeCursor, encodeCursor } from '../src/runs/cursor';
import type { Pointed } from '../src/runs/errors';
import { assertOwnHost, assertRole, assertSameOrigin, type Authenticate, type Principal } from './auth';
import { headerForms, type Contract } from './contract';
import { languageOf } from './language';
import { bodyKind, jsonReader, textReader, unsupported } from './middleware/body';
import type { Rates } from './middleware/rates';
import type { RunListRequest } from '../src/runs/list-runs';
import type { Call, Handle, Route } from './part';
import { HttpProblem } from './problem';

export interface MountOptions {
  authenticate: Authenticate;
  /** without keys, only this machine's own host names are answered */
  guardHost: boolean;
  bodyLimitBytes: number;
  /** a decision has to name what it is made on */
  requireIfMatch: boolean;
  rates: Rates;
  /** milliseconds for a handler that does not stream */
  timeLimit: number;
}

/** Mounts the routes, and 405 with `Allow` for methods that an address lacks. */
export function mount(routes: readonly Route[], options: MountOptions): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const readers = { json: jsonReader(options.bodyLimitBytes), text: textReader(options.bodyLimitBytes) };
  router.use((req, _res, next) => {
    if (options.guardHost) assertOwnHost(req);
    assertSameOrigin(req);
    next();
  });
  for (const path of new Set(routes.map(({ contract }) => contract.path))) {
    const here = routes.filter(({ contract }) => contract.path === path);
    const place = router.route(expressPath((here[0] as Route).contract));
    for (const { contract, handle } of here) place[contract.method](serve(contract, handle, options, readers));
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
function expressPath({ path, params, slash }: Contract): string | RegExp {
  const enums = Object.entries(params ?? {}).filter(([, schema]) => 'enum' in schema);
  if (enums.length === 0) return path.replaceAll(/\{(\w+)\}/g, ':$1') + (slash ? '{/}' : '');
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
  readers: { json: ReturnType<typeof jsonReader>; text: ReturnType<typeof textReader> },
): RequestHandler {
  const checks = checksOf(contract);
  const streams = contract.answers.some(({ media }) => media !== undefined);

  async function answer(req: Request, res: Response): Promise<void> {
    res.locals.route = `${contract.method.toUpperCase()} ${contract.path}`;
    res.locals.quiet = contract.roles === 'public' && !contract.body;
    res.locals.streams = streams;
    const principal = await callerOf(req, res);
    res.locals.principal = principal.name;
    const params = readParams(req, checks.params);
    const query = readQuery(req, contract, checks.query);
    const { body, text } = await readBody(contract, req, res);
    if (options.requireIfMatch && contract.headers?.['If-Match'] !== undefined) assertCondition(req, body);
    const mayGoOn = () =>
      admit(req, 'again').then(
        () => true,
        // where the store does not answer, nothing is known against the caller: the next beat asks again
        (error: unknown) => !(error instanceof HttpProblem),
      );
    if (contract.headers?.['Accept-Language'] !== undefined)
      res.vary('Accept-Language').set('Content-Language', languageOf({ req }));
    const reply = await handle({ req, res, principal, params, query, body, text, mayGoOn });
    if (!reply || res.headersSent) return;
    res.status(reply.status ?? 200).set(reply.headers ?? {});
    res.type('application/json').send(JSON.stringify(reply.body));
  }

  /** The caller, if it may ask this. */
  async function admit(req: Request, again?: 'again'): Promise<Principal> {
    if (contract.roles === 'public') return nobody;
    const principal = await options.authenticate(req, again);
    assertRole(principal, contract.roles);
    return principal;
  }

  /** The caller, charged for the request: by key, and who shows no valid one by address. */
  async function callerOf(req: Request, res: Response): Promise<Principal> {
    if (contract.body?.signed) options.rates.charge(res, 'requests', req.socket.remoteAddress ?? '');
    if (contract.roles === 'public') return nobody;
    try {
      const principal = await admit(req);
      options.rates.charge(res, 'requests', `key ${principal.name}`);
      if (contract.method !== 'get' && !contract.carries) options.rates.charge(res, 'changes', `key ${principal.name}`);
      return principal;
    } catch (error) {
      if (error instanceof HttpProblem && error.kind === 'unauthorized')
        options.rates.charge(res, 'requests', req.socket.remoteAddress ?? '');
      throw error;
    }
  }

  async function readBody(contract: Contract, req: Request, res: Response): Promise<Pick<Call, 'body' | 'text'>> {
    const kind = bodyKind(req);
    if (!contract.body) {
      if (
        contract.method !== 'get' &&
        kind !== 'none' &&
        Number(req.get('content-length') ?? 0) > options.bodyLimitBytes
      ) {
        throw new HttpProblem('too-large', 'This address takes no body.');
      }
      return { body: undefined };
    }
    const { form, json, yaml, optional, signed } = contract.body;
    if (form && kind === 'form') return { body: undefined };
    if (kind === 'none' && optional) return { body: {} };
    if (kind === 'none') throw new HttpProblem('bad-request', 'A body is missing.');
    if (signed && kind === 'json') return { body: undefined, text: await readers.text(req, res) };
    if (yaml && kind === 'yaml') return { body: undefined, text: await readers.text(req, res) };
    const taken = [
      ...(json ? ['application/json'] : []),
      ...(yaml ? ['application/yaml'] : []),
      ...(form ? ['multipart/form-data'] : []),
    ];
    if (kind !== 'json' || !checks.body) throw unsupported(taken);
    return { body: checked(await readers.json(req, res), checks.body) };
  }

  return (req: Request, res: Response, next: NextFunction) => {
    const timer = streams ? undefined : setTimeout(() => next(tookTooLong()), options.timeLimit);
    answer(req, res)
      .catch(next)
      .finally(() => clearTimeout(timer));
  };
}

export const tookTooLong = (): HttpProblem =>
  new HttpProblem('overloaded', 'The answer took too long. Try again; what was accepted is not lost.', {
    headers: { 'Retry-After': '5' },
  });

/** Checks of the parts of a request. */
export const checksOf = ({ params, query, body }: Pick<Contract, 'params' | 'query' | 'body'>) => ({
  params: checkerOf(params),
  query: checkerOf(query),
  body: bodyChecker(body),
});

function bodyChecker({ json, unchecked }: NonNullable<Contract['body']> = {}): Check | undefined {
  if (json && unchecked) return (value) => ({ ok: true, value });
  return json && validatorFor(json);
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
  if (result.ok) return result.value as Call['query'];
  const errors = result.errors.map(({ pointer, message }) => ({ pointer: pointer.slice(1), detail: message }));
  // a word that is none of those known: the detail of the error names them
  if (errors.every(({ pointer }) => 'enum' in (contract.query?.[pointer] ?? {})))
    throw new HttpProblem('invalid', 'A parameter of the address is not known; see errors.', { errors });
  throw wrongQuery(errors);
}

const wrongQuery = (errors: Pointed[]) =>
  new HttpProblem('bad-request', 'A parameter of the address is wrong.', { errors });

/** The tag of what is asked now, to which a decision may be bound. */
export const tagOf = ({ questions: [question] }: { questions: { digest: string }[] }): Record<string, string> =>
  question ? { ETag: `"${question.digest}"` } : {};

/** The caller's key for a request, if there is one. */
export function idempotencyKey(req: Request): string | undefined {
  return header(req, 'Idempotency-Key', 'An Idempotency-Key has 1 to 255 printable ASCII characters.');
}

/** The digest in `If-Match`, if there is one. */
export function ifMatch(req: Request): string | undefined {
  const given = header(req, 'If-Match', 'If-Match takes one strong entity tag, in quotation marks.');
  return given === undefined || given === '*' ? undefined : given.slice(1, -1);
}

/** A header in its form, if it is there. Throws 400 with `words` if it has another. */
export function header(
  req: Request,
  name: string,
  words: string,
  form: string | undefined = headerForms[name],
): string | undefined {
  const given = req.get(name)?.trim();
  if (given !== undefined && !new RegExp(form ?? '').test(given)) throw new HttpProblem('bad-request', words);
  return given;
}

/** Refuses a decision on whatever may stand there now: its sender has to have been shown something. */
function assertCondition(req: Request, body: unknown): void {
  const digest = (body as { digest?: unknown } | undefined)?.digest;
  if (ifMatch(req) !== undefined || digest !== undefined) return;
  throw new HttpProblem(
    'precondition-required',
    'Say what you decide on: send the ETag of what you were shown as If-Match (REQUIRE_IF_MATCH).',
  );
}

/** First entry of a page, in a list that numbers its entries. */
export const positionOf = ({ query: { cursor } }: Call): number =>
  cursor === undefined ? 0 : decodeCursor(String(cursor), isPosition);

/** The page of a list of runs that a caller asks for. */
export function listRequestOf({ query: { limit, cursor, status } }: Call): RunListRequest {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { limit: Number(limit ?? 50), cursor: text(cursor), status: text(status) };
}

/** A page of a list that is there as a whole. */
export function pageOf<T>(call: Call, all: readonly T[], usual: number): { page: T[]; next_cursor?: string } {
  const from = positionOf(call);
  const to = from + Number(call.query.limit ?? usual);
  return { page: all.slice(from, to), next_cursor: to < all.length ? encodeCursor(to) : undefined };
}

const isPosition = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
