import type { Request, Response } from 'express';
import type { Principal } from './auth';
import type { Contract, Contracts } from './contract';

/** A request whose parts were checked against its contract. */
export interface Call {
  req: Request;
  res: Response;
  /** undefined at public addresses */
  principal: Principal;
  params: Record<string, string>;
  query: Record<string, string | number | undefined>;
  /** a valid JSON body; undefined if a form has come, which the handler reads */
  body: unknown;
  /** a body in YAML, or one that is signed, as it came */
  text?: string;
  /** True as long as the caller may ask this: a key can be withdrawn while an answer is streamed. */
  mayGoOn: () => Promise<boolean>;
}

/** Result of a handler; undefined if it has answered by itself. */
export interface Reply {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
}

export type Handle = (call: Call) => Promise<Reply | undefined>;

/** A handler for each address: one that is missing does not compile. */
export type Handlers<T extends Contracts> = { [K in keyof T]: Handle };

/** An address, and its handler. */
export interface Route {
  contract: Contract;
  handle: Handle;
}

/** The part of a process in the API: its addresses, and their routes, made from their ports. */
export interface Part<D> {
  contracts: readonly Contract[];
  routes: (deps: D) => Route[];
}

export function definePart<T extends Contracts, D>(contracts: T, handlersOf: (deps: D) => Handlers<T>): Part<D> {
  return {
    contracts: Object.values(contracts),
    routes(deps) {
      const handlers = handlersOf(deps);
      const named = Object.entries(contracts) as [keyof T, Contract][];
      return named.map(([id, contract]) => ({ contract, handle: handlers[id] }));
    },
  };
}
