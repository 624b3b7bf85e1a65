import { Type, type TSchema } from 'typebox';

/** Any JSON value: the only thing that crosses a boundary (activity, signal, stream, file). */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Any JSON value, as a schema. */
export const JsonValue = Type.Unsafe<Json>({});

/** Any JSON object, as a schema. */
export const JsonObjectValue = Type.Unsafe<JsonObject>({ type: 'object' });

/** A UTC instant, ISO 8601 with milliseconds or seconds. */
export const Instant = Type.String({ format: 'date-time' });

/** An identifier that users may choose: it becomes part of ids, keys and paths. */
export const Identifier = Type.String({ minLength: 1, maxLength: 80, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' });

/** A value, or null if there is none. */
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
