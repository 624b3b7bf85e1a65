import { createHash } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../../../schemas/json';
import { GatewayError } from '../errors';

type Check = (value: unknown) => boolean;

const KEPT = 100;
const checks = new Map<string, Check>();

/** A check of values by a caller's schema. @throws GatewayError `bad_request` if it is not a schema */
export function checkOf(schema: JsonObject): Check {
  const text = JSON.stringify(schema);
  const key = createHash('sha256').update(text).digest('hex');
  const known = checks.get(key);
  if (known) return known;
  if (text.length > 256 * 1024) throw new GatewayError('bad_request', 'The schema has more than 256 KiB.');
  // an instance each: ajv keeps compiled schemas for ever, and callers must not see each other's ids
  const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false, validateSchema: true, $data: false });
  addFormats(ajv);
  try {
    const check = ajv.compile(schema) as Check;
    if (checks.size >= KEPT) checks.delete(checks.keys().next().value as string);
    checks.set(key, check);
    return check;
  } catch (error) {
    throw new GatewayError(
      'bad_request',
      `The schema is not a JSON Schema: ${(error as Error).message.slice(0, 300)}`,
      {
        reason: 'schema',
      },
    );
  }
}
