import express, { type Request, type Response } from 'express';
import type { Static, TSchema } from 'typebox';
import { llmHeaders } from '../../schemas/llm';
import { validatorFor } from '../contracts/validators';
import { ENCODINGS, strangeEncoding } from '../http/encodings';
import { GatewayError } from './errors';
import { parseMoney, type Money } from './money';

const RUN = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$/;
const TASK = /^[a-z][a-z0-9._-]{0,63}$/;
const ID = /^[A-Za-z0-9._:-]{1,100}$/;
const TOKENS = /^\d{1,15}$/;
const MONEY = /^(\d{1,12}(?:\.\d{1,12})?) ([A-Z]{3})$/;

/** The most that a run may spend, as its caller says. */
export interface RunBudget {
  tokens?: number;
  money?: { amount: Money; currency: string };
}

/** The task of a call and the run that pays, from its headers. @throws GatewayError `bad_request` */
export function labelsOf(req: Request): { task: string | undefined; run: string | undefined } {
  const header = (name: string, form: RegExp, example: string) => {
    const value = req.get(name);
    if (value !== undefined && !form.test(value))
      throw new GatewayError('bad_request', `The header ${name} is not a name such as ${example}.`);
    return value;
  };
  return {
    task: header(llmHeaders.task, TASK, 'audit.wording'),
    run: header(llmHeaders.run, RUN, 'audit.audit.1f0c'),
  };
}

/** The budget that a request names for its run. @throws GatewayError `bad_request` */
export function runBudgetOf(req: Request): RunBudget {
  const header = (name: string, form: RegExp, example: string) => {
    const value = req.get(name);
    const match = value === undefined ? undefined : form.exec(value);
    if (match === null) throw new GatewayError('bad_request', `The header ${name} is no budget such as ${example}.`);
    return match;
  };
  const [tokens] = header(llmHeaders.runTokens, TOKENS, '100000') ?? [];
  const [, amount, currency] = header(llmHeaders.runMoney, MONEY, '2.50 USD') ?? [];
  return {
    ...(tokens === undefined ? {} : { tokens: Number(tokens) }),
    ...(amount === undefined || currency === undefined ? {} : { money: { amount: parseMoney(amount), currency } }),
  };
}

/** The caller's own id of a request, if it is safe to repeat in logs. */
export function givenId(req: Request): string | undefined {
  const id = req.get(llmHeaders.requestId) ?? req.get('x-request-id');
  return id !== undefined && ID.test(id) ? id : undefined;
}

/** Reads JSON bodies up to a limit that counts after unpacking. Errors quote nothing of a body. */
export function bodyReader(limitBytes: number) {
  const read = express.json({ limit: limitBytes, type: () => true, strict: true, inflate: true });
  return (req: Request, res: Response): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (!/^application\/json\b/i.test(req.get('content-type') ?? '')) {
        reject(new GatewayError('bad_request', 'Send JSON, and say so in Content-Type.', { status: 415 }));
        return;
      }
      const encoding = strangeEncoding(req.get('content-encoding'));
      if (encoding !== undefined) {
        const message = `The encoding ${encoding.slice(0, 40)} is not taken: send the body plain, or in gzip.`;
        const headers = { 'accept-encoding': ENCODINGS.join(', ') };
        reject(new GatewayError('bad_request', message, { status: 415, headers }));
        return;
      }
      read(req, res, (error?: unknown) => {
        if (error) reject(bodyError(error, limitBytes));
        else resolve(req.body);
      });
    });
}

function bodyError(error: unknown, limitBytes: number): GatewayError {
  const { type } = error as { type?: unknown };
  if (type === 'entity.too.large')
    return new GatewayError('context_too_long', `The body has more than ${limitBytes} bytes.`, { reason: 'body' });
  if (type === 'entity.parse.failed') return new GatewayError('bad_request', 'The body is not JSON.');
  return new GatewayError('bad_request', 'The body cannot be read: send JSON in UTF-8, plain or gzip, and all of it.');
}

/** Values that mean the same as nothing. Clients send them by themselves, and they cost nothing. */
const DEFAULTS: Readonly<Record<string, unknown>> = { store: false, service_tier: 'auto' };

/** A body without members that mean nothing: null, or the default of the protocol. */
export function withoutDefaults(body: unknown): unknown {
  if (!isObject(body)) return body;
  const given = omit(body, (value, name) => value === null || value === DEFAULTS[name]);
  const { messages } = given;
  if (!Array.isArray(messages)) return given;
  const plain = (one: unknown) =>
    isObject(one) ? omit(one, (value, name) => value === null && name !== 'content') : one;
  return { ...given, messages: messages.map(plain) };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const omit = (
  from: Record<string, unknown>,
  isNothing: (value: unknown, name: string) => boolean,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(from).filter(([name, value]) => !isNothing(value, name)));

/** Checks a body by its schema. @throws GatewayError `bad_request`, which names what is wrong and where */
export function checkBody<S extends TSchema>(schema: S, body: unknown): Static<S> {
  const result = validatorFor(schema)(body);
  if (result.ok) return result.value;
  const shown = result.errors.slice(0, 5).map(({ pointer, message }) => `${pointer.slice(0, 200) || '/'} ${message}`);
  const more = result.errors.length > shown.length ? `; and ${result.errors.length - shown.length} more` : '';
  throw new GatewayError('bad_request', `The request is not valid: ${shown.join('; ')}${more}.`, { reason: 'schema' });
}
