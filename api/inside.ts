import type { Request } from 'express';
import { assertRole } from './auth';
import type { Contract } from './contract';
import { checked, checksOf, tookTooLong } from './http';
import type { Rates } from './middleware/rates';
import type { Call, Route } from './part';
import { HttpProblem } from './problem';

/** Parts of a request to an address, made from within another request. */
export interface Asked {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Asks an address in the name of whoever makes a request, and gives the body of its answer. */
export type Ask = (contract: Contract, call: Call, asked: Asked) => Promise<unknown>;

export interface InsideOptions {
  rates: Rates;
  /** milliseconds for an answer */
  timeLimit: number;
}

/** Asks addresses without HTTP: roles, rates, checks and handlers are those that a request from outside meets. */
export function createInside(routes: readonly Route[], { rates, timeLimit }: InsideOptions): Ask {
  const known = new Map(routes.map(({ contract, handle }) => [contract.id, { handle, checks: checksOf(contract) }]));

  return async function ask(contract, call, { params = {}, query = {}, body, headers = {} }) {
    const route = known.get(contract.id);
    if (!route) throw new HttpProblem('not-found', `There is no address ${contract.path} here.`);
    const { handle, checks } = route;
    if (contract.roles !== 'public') assertRole(call.principal, contract.roles);
    if (contract.method !== 'get') rates.charge(call.res, 'changes', `key ${call.principal.name}`);
    const asked: Call = {
      ...call,
      req: withHeaders(call.req, headers),
      params: checked(params, checks.params) as Call['params'],
      query: checked(query, checks.query) as Call['query'],
      body: checks.body ? checked(body ?? {}, checks.body) : undefined,
      text: undefined,
    };
    const reply = await inTime(handle(asked), timeLimit);
    return reply?.body;
  };
}

/** The same request with headers of its own and no others: those of the outer one are not meant for the address. */
function withHeaders(req: Request, headers: Record<string, string>): Request {
  const given = new Headers(headers);
  return Object.create(req, { get: { value: (name: string) => given.get(name) ?? undefined } }) as Request;
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tookTooLong()), ms);
  });
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
