import { Type, type Static } from 'typebox';
import type { Json, JsonObject } from './json';

/**
 * A value kept in the document store instead of inline: content-addressed, so that the same reference always means
 * the same bytes. `key` names one member of the referenced JSON object, where several values share a file.
 */
export const Ref = Type.Object(
  {
    $ref: Type.String({ pattern: '^sha256:[0-9a-f]{64}$', description: 'content hash of the file' }),
    bytes: Type.Integer({ minimum: 0, description: 'size of the file' }),
    key: Type.Optional(Type.String({ description: 'the member of the JSON object in the file that is meant' })),
  },
  { $id: 'Ref', additionalProperties: false },
);

declare const named: unique symbol;

/** A reference that knows the type of its target. The type is for the compiler alone: no value carries it. */
export type Ref<T = Json> = Static<typeof Ref> & { readonly [named]?: T };

/** A reference to a `T` within another schema. Without the `$id`, which may stand once in a schema. */
export const refTo = <T = Json>(options: { description?: string } = {}) =>
  Type.Unsafe<Ref<T>>({ ...Ref, $id: undefined, ...options });

declare const paged: unique symbol;

/** A stored value whose long lists lie in pages of their own: `src/documents/paged.ts` puts it together again. */
export type Paged<T> = JsonObject & { readonly [paged]?: T };

/** Bytes of JSON (UTF-8) that travel inline; larger values go by reference. */
export const INLINE_LIMIT = 2048;

/** Bytes of JSON that a step may take, and give back. Larger things are artifacts. */
export const LARGEST_VALUE = 16 * 1024 * 1024;

/** A value that travels: inline up to {@link INLINE_LIMIT}, else by reference. */
export type Value<T = Json> = { inline: T } | { ref: Ref<T> };

/** A file that a run has made: content-addressed bytes, and the path by which people find them. */
export const ArtifactRef = Type.Object(
  {
    artifact_id: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the bytes' }),
    path: Type.String({ description: 'logical path below the document store, such as projects/P1/cost/report.md' }),
    media_type: Type.String(),
    bytes: Type.Integer({ minimum: 0 }),
  },
  { $id: 'ArtifactRef', additionalProperties: false },
);
export type ArtifactRef = Static<typeof ArtifactRef>;
