import type { Request } from 'express';
import { LlmKeys } from '../../schemas/llm';
import { isFromHere, isOwnName } from '../access/here';
import { findByKey, watchKeys, type HashedKey } from '../access/keys-file';
import { UserError } from '../config';
import type { Logger } from '../logging';
import { GatewayError } from './errors';
import type { Limit } from './accounts/state';
import type { Rate } from './limits/rate';
import { parseMoney } from './money';

/** A caller, and what its key may spend. */
export interface Caller {
  name: string;
  budget?: Limit & { per: 'day' | 'ever' };
  rate: Rate;
  /** calls that it may have under way at once */
  seats: number;
}

export type Authenticate = (req: Request) => Promise<Caller>;

type Key = Caller & HashedKey;

export interface KeyOptions {
  file: string | undefined;
  /** for keys without a rate of their own */
  rate: Rate;
  /** calls that all keys together may have under way at once */
  seats: number;
  log: Pick<Logger, 'error'>;
}

/**
 * Identifies callers by key; or as `local`, if no file of keys is configured and the connection comes from this machine
 * (the start of the gateway has checked that this is allowed).
 */
export async function createAuthenticator({ file, rate, seats, log }: KeyOptions): Promise<Authenticate> {
  if (file === undefined) return async (req) => localCaller(req, rate, seats);
  const current = await watchKeys({
    ...{ file, what: 'file of callers’ keys', schema: LlmKeys, remedy: 'See docs/llm.md.', log },
    keysOf: ({ keys }) => callersOf(keys, file, { rate, seats }),
  });
  return async (req) => {
    const presented = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(req.get('authorization') ?? '')?.[1];
    if (presented === undefined)
      throw new GatewayError('unauthorized', 'Send your key as `Authorization: Bearer …`.', challenge);
    const caller = findByKey(await current(), presented);
    if (!caller) throw new GatewayError('unauthorized', 'This key is not known here.', challenge);
    return caller;
  };
}

const challenge = { headers: { 'www-authenticate': 'Bearer realm="awe-gateway"' } };

function callersOf(given: LlmKeys['keys'], file: string, { rate, seats }: Pick<KeyOptions, 'rate' | 'seats'>): Key[] {
  const names = given.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`The file of callers’ keys ${file} names ${twice} twice.`);
  // no key that has neighbours takes all seats
  const share = given.length > 1 ? Math.ceil(seats / 2) : seats;
  return given.map(({ name, sha256, budget, rate: own, parallel = share }): Key => ({
    name,
    hash: Buffer.from(sha256, 'hex'),
    rate: { ...rate, ...own },
    seats: Math.min(parallel, seats),
    ...(budget && {
      budget: { ...budget, money: budget.money === undefined ? undefined : parseMoney(budget.money) },
    }),
  }));
}

/** Callers are programs: requests of a web page are refused, whatever name it has for this machine. */
function localCaller(req: Request, rate: Rate, seats: number): Caller {
  const page = req.headers.origin !== undefined || req.headers['sec-fetch-site'] !== undefined;
  if (isFromHere(req) && !page && isOwnName(req.headers.host)) return { name: 'local', rate, seats };
  throw new GatewayError(
    'unauthorized',
    'Without keys this gateway answers only programs on its own machine: set AWE_GATEWAY_KEYS_FILE.',
  );
}
