import { Type, type Static } from 'typebox';
import type { ErrorClass, ToolSpec } from '../../../../schemas/tool';
import { Duration } from '../../../../schemas/plan';
import { ArtifactRef } from '../../../../schemas/refs';
import { parseDuration } from '../../../../core/plan/duration';
import { EXPRESSION_TIME, Items } from '../../../../src/transform/schema';
import { TransformError } from '../../../../src/transform/errors';

export const strict = { additionalProperties: false };

/** Facts that all transformations share. */
export const transformation = {
  version: '1',
  effect: 'none',
  risk: 'low',
  approval: false,
  timeout: 120_000,
  retry: { attempts: 3, initialMs: 500, backoff: 3, maxMs: 10_000 },
  local: true,
} satisfies Partial<ToolSpec>;

/** Errors of transformations of lists. */
export const listErrors = {
  'transform.bad_field': 'input',
  'transform.bad_operation': 'input',
  'transform.too_large': 'permanent',
} satisfies Record<string, ErrorClass>;

export const aggregateErrors = { ...listErrors, 'transform.not_a_number': 'input' } satisfies Record<
  string,
  ErrorClass
>;

export const expressionErrors = {
  'transform.bad_expression': 'input',
  'transform.timeout': 'permanent',
  'transform.too_large': 'permanent',
} satisfies Record<string, ErrorClass>;

export const fileErrors = {
  'transform.bad_file': 'input',
  'transform.no_file': 'input',
  'transform.bad_workbook': 'input',
  'transform.too_large': 'permanent',
} satisfies Record<string, ErrorClass>;

export const Count = Type.Integer({ minimum: 0 });
export const ListOutput = Type.Object({ items: Items, count: Count }, strict);
export const MissingCounts = Type.Optional(
  Type.Unsafe<{ [name: string]: number }>({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'items in which the field of an aggregate is missing, by the name of the aggregate',
  }),
);

/** An artifact within another schema. */
export const Artifact = Type.Unsafe<Static<typeof ArtifactRef>>({ ...ArtifactRef, $id: undefined });

/** A path in the workspace, which holds it against its own rules. */
export const WorkspacePath = Type.String({ minLength: 1, maxLength: 400, description: 'a path in the workspace' });
export const SaveAs = Type.Optional({ ...WorkspacePath, description: 'the file in the workspace that is written' });

export const Timeout = (usual: string) =>
  Type.Optional(
    Type.Unsafe<string>({ ...Duration, default: usual, description: 'for the expressions; a minute at most' }),
  );

/** Milliseconds of a duration that expressions have. */
export function expressionTime(given: string | undefined, usual: number): number {
  const time = given === undefined ? usual : (parseDuration(given) ?? usual);
  if (time >= 1 && time <= EXPRESSION_TIME.most) return time;
  throw new TransformError('bad_operation', `timeout is 1ms to ${EXPRESSION_TIME.most / 1_000}s, not ${given}`);
}
