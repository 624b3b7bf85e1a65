import { Type, type Static } from 'typebox';
import type { ErrorClass } from '../../../../schemas/tool';
import { ArtifactRef } from '../../../../schemas/refs';

/** Bytes of a file whose content goes into a step's output, or is looked through. */
export const INLINE_BYTES = 8 * 1024 * 1024;

export const strict = { additionalProperties: false };

/** A path in the workspace. */
export const Path = Type.String({
  minLength: 1,
  maxLength: 1_000,
  description: 'in the workspace of the run: relative, `/` between folders',
});

/** A pattern of paths. */
export const Pattern = Type.String({
  minLength: 1,
  maxLength: 400,
  description: 'such as `*.csv` or `reports/**/*.md`; without `/` it is held against the name alone',
});

/** An artifact within another schema: without the `$id`, which may stand once in a schema. */
export const Artifact = Type.Unsafe<ArtifactRef>({ ...ArtifactRef, $id: undefined });

/** A file as it was written. */
export const Written = Type.Object(
  { path: Path, bytes: Type.Integer({ minimum: 0 }), sha256: Type.String(), file: Artifact },
  strict,
);
export type Written = Static<typeof Written>;

/** Errors of files in the workspace. */
export const fileErrors = {
  'file.bad_path': 'input',
  'file.bad_request': 'input',
  'file.not_found': 'permanent',
  'file.exists': 'permanent',
  'file.is_folder': 'permanent',
  'file.too_large': 'permanent',
  'file.quota': 'permanent',
  'file.bad_json': 'permanent',
} satisfies Record<string, ErrorClass>;

/** Facts that all tools of files share. */
export const common = {
  version: '1',
  risk: 'low',
  approval: false,
  timeout: 600_000,
  retry: { attempts: 4, initialMs: 500, backoff: 3, maxMs: 30_000 },
  errors: fileErrors,
} as const;
