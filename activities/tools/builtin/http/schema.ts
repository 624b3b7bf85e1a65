import { Type, type Static } from 'typebox';
import { JsonValue } from '../../../../schemas/json';
import { Duration } from '../../../../schemas/plan';
import { ArtifactRef } from '../../../../schemas/refs';

/** Bytes of a body that goes into a step's output; a larger answer is a file. */
export const INLINE_BYTES = 8 * 1024 * 1024;
/** Bytes of a downloaded file at most, and without `max_bytes`. */
export const FILE_BYTES = { most: 2 * 1024 ** 3, usual: 256 * 1024 * 1024 };

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

const oneOf = <const T extends readonly string[]>(values: T, options: object = {}) =>
  Type.Unsafe<T[number]>({ enum: values, ...options });

const strict = { additionalProperties: false };
const scalar = Type.Unsafe<string | number | boolean>({ type: ['string', 'number', 'boolean'] });
const field = Type.Unsafe<Scalar | Scalar[]>({ anyOf: [scalar, { type: 'array', items: scalar, maxItems: 1_000 }] });
const fields = (description: string) => Type.Optional(Type.Unsafe<Fields>({ ...recordOf(field), description }));
const recordOf = (values: object) => ({ type: 'object', additionalProperties: values, maxProperties: 1_000 });
const pointer = (description: string) => Type.String({ pattern: '^(/.*)?$', maxLength: 500, description });

type Scalar = string | number | boolean;
/** Fields of a query or a form; a list gives the field several times. */
export type Fields = Record<string, Scalar | Scalar[]>;

export const Paging = Type.Object(
  {
    by: oneOf(['link', 'cursor', 'page', 'offset'], {
      description:
        'link: the `Link` header names the next page · cursor: the body does · page, offset: a number in the query, until a page is empty',
    }),
    items: Type.Optional(
      pointer('where the items of a page are, a JSON Pointer into its body; the whole body if empty'),
    ),
    cursor: Type.Optional(
      pointer('where a body names the next page: the value of `param`, or an address if there is no `param`'),
    ),
    param: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'the parameter of the query' })),
    start: Type.Optional(Type.Integer({ minimum: 0, description: 'the number of the first page (1), or offset (0)' })),
    size: Type.Optional(Type.Integer({ minimum: 1, description: 'items of a full page: a shorter one is the last' })),
    max_pages: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'stop after these pages' })),
    max_items: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'stop after these items' })),
  },
  strict,
);
export type Paging = Static<typeof Paging>;

const MultipartFile = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, description: 'the name of the field' }),
    artifact: Type.Unsafe<Static<typeof ArtifactRef>>({ ...ArtifactRef, $id: undefined }),
    filename: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  strict,
);

export const Multipart = Type.Object(
  { fields: fields('fields of the form'), files: Type.Array(MultipartFile, { maxItems: 20 }) },
  strict,
);
export type Multipart = Static<typeof Multipart>;

export const HttpInput = Type.Object(
  {
    url: Type.String({ minLength: 1, maxLength: 8_192, description: 'http or https' }),
    method: Type.Optional(oneOf(METHODS, { default: 'GET' })),
    query: fields('parameters that are added to the address'),
    headers: Type.Optional(
      Type.Unsafe<Record<string, string>>({ ...recordOf({ type: 'string', maxLength: 8_192 }), maxProperties: 100 }),
    ),
    json: Type.Optional(JsonValue),
    form: fields('a body as a form in a browser sends it'),
    text: Type.Optional(Type.String({ description: 'a body as it is; `content-type` says what it is' })),
    multipart: Type.Optional(Multipart),
    timeout: Type.Optional(Type.Unsafe<string>({ ...Duration, default: '30s', description: 'for each request' })),
    expect: Type.Optional(
      Type.Array(
        Type.Unsafe<number | string>({ anyOf: [{ type: 'integer' }, { enum: ['2xx', '3xx', '4xx', '5xx'] }] }),
        {
          minItems: 1,
          maxItems: 50,
          description: 'statuses that are no errors; 2xx if it is not said',
        },
      ),
    ),
    response: Type.Optional(
      oneOf(['auto', 'json', 'text', 'file', 'none'], {
        default: 'auto',
        description: 'auto: JSON and text as they say they are, everything else, and what is large, as a file',
      }),
    ),
    save_as: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 1_000,
        description: 'keeps the answer as a file in the workspace, under this path, such as `output/users.json`',
      }),
    ),
    max_bytes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: FILE_BYTES.most, description: 'a larger answer is an error' }),
    ),
    redirects: Type.Optional(Type.Integer({ minimum: 0, maximum: 10, default: 5 })),
    idempotent: Type.Optional(
      Type.Boolean({
        description: 'true: the server does a POST or PATCH once for its Idempotency-Key, so that it may be repeated',
      }),
    ),
    paging: Type.Optional(Paging),
  },
  strict,
);
export type HttpInput = Static<typeof HttpInput>;

export const HttpOutput = Type.Object(
  {
    status: Type.Integer(),
    url: Type.String({ description: 'the address that answered, after redirects' }),
    headers: Type.Unsafe<Record<string, string>>({ type: 'object', additionalProperties: { type: 'string' } }),
    body: Type.Unsafe<Static<typeof JsonValue>>({
      description:
        'JSON as a value, text as a text; null where there is none, or the answer is a file. The items of all pages',
    }),
    file: Type.Optional(Type.Unsafe<Static<typeof ArtifactRef>>({ ...ArtifactRef, $id: undefined })),
    pages: Type.Optional(Type.Integer()),
    complete: Type.Optional(Type.Boolean({ description: 'false: there is more than was asked for' })),
  },
  strict,
);
export type HttpOutput = Static<typeof HttpOutput>;
