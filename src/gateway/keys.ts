import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Request } from 'express';
import { LlmKeys } from '../../schemas/llm';
import { UserError } from '../config';
import { validatorFor } from '../contracts/validators';
import type { Logger } from '../logging';
import { GatewayError } from './errors';
import type { Limit } from './ledger/state';
import type { Rate } from './limits/rate';
import { parseMoney } from './money';

/** Whoever asks, and what this key may spend. */
export interface Caller {
  name: string;
  budget?: Limit & { per: 'day' | 'ever' };
  rate: Rate;
}

export type Authenticate = (req: Request) => Promise<Caller>;

interface Key extends Caller {
  hash: Buffer;
}

/** Milliseconds after which the file is looked at again, so that a key can be withdrawn without a restart. */
const LOOK_AGAIN = 5_000;

export interface KeyOptions {
  file: string | undefined;
  /** for keys that name none of their own */
  rate: Rate;
  log: Pick<Logger, 'error'>;
}

/**
 * Who asks, by key; or `local`, where no file of keys is configured and the connection comes from this very machine
 * (that this is allowed, the start has checked).
 */
export async function createAuthenticator({ file, rate, log }: KeyOptions): Promise<Authenticate> {
  if (file === undefined) return async (req) => local(req, rate);
  let { keys, changed } = await load(file, rate);
  let looked = Date.now();
  return async (req) => {
    if (Date.now() - looked > LOOK_AGAIN) {
      looked = Date.now();
      try {
        if ((await stat(file)).mtimeMs !== changed) ({ keys, changed } = await load(file, rate));
      } catch (error) {
        log.error({ err: error }, 'the file of callers’ keys cannot be read; the keys known before stay valid');
      }
    }
    const presented = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(req.get('authorization') ?? '')?.[1];
    if (presented === undefined)
      throw new GatewayError('unauthorized', 'Send your key as `Authorization: Bearer …`.', challenge);
    const caller = match(keys, presented);
    if (!caller) throw new GatewayError('unauthorized', 'This key is not known here.', challenge);
    return caller;
  };
}

const challenge = { headers: { 'www-authenticate': 'Bearer realm="awe-gateway"' } };

async function load(file: string, rate: Rate): Promise<{ keys: Key[]; changed: number }> {
  let changed: number;
  let parsed: unknown;
  try {
    changed = (await stat(file)).mtimeMs;
    parsed = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(`The file of callers’ keys ${file} cannot be read: ${(error as Error).message}`);
  }
  const checked = validatorFor(LlmKeys)(parsed);
  if (!checked.ok) {
    const what = checked.errors.map(({ pointer, message }) => `${pointer || '/'} ${message}`).join('; ');
    throw new UserError(`The file of callers’ keys ${file} is wrong: ${what}. See docs/llm.md.`);
  }
  const names = checked.value.keys.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new UserError(`The file of callers’ keys ${file} names ${twice} twice.`);
  const keys = checked.value.keys.map(({ name, sha256, budget, rate: own }): Key => ({
    name,
    hash: Buffer.from(sha256, 'hex'),
    rate: { ...rate, ...own },
    ...(budget && {
      budget: { ...budget, money: budget.money === undefined ? undefined : parseMoney(budget.money) },
    }),
  }));
  return { keys, changed };
}

/** Looks at every key, so that the time it takes says nothing. */
function match(keys: Key[], presented: string): Caller | undefined {
  const hash = createHash('sha256').update(presented).digest();
  let found: Key | undefined;
  for (const key of keys) if (timingSafeEqual(key.hash, hash)) found = key;
  return found;
}

const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|::ffff:127\.\d{1,3}\.\d{1,3}\.\d{1,3})$/;
const OWN_NAMES = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Callers are programs: what a browser sends for a page is refused, whatever name the page has got for this machine. */
function local(req: Request, rate: Rate): Caller {
  const here = LOOPBACK.test(req.socket.remoteAddress ?? '') && req.headers['x-forwarded-for'] === undefined;
  const page = req.headers.origin !== undefined || req.headers['sec-fetch-site'] !== undefined;
  if (here && !page && OWN_NAMES.test(req.headers.host ?? '')) return { name: 'local', rate };
  throw new GatewayError(
    'unauthorized',
    'Without keys this gateway answers only programs on its own machine: set AWE_GATEWAY_KEYS_FILE.',
  );
}
