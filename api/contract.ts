import { Type, type TSchema } from 'typebox';
import { Cursor } from '../schemas/api';
import { statusesOf, type ProcessName } from '../schemas/catalogue';
import type { Subject } from '../schemas/envelope';
import { roles, type Role } from '../schemas/access';

/** An address of the API. Express routes, checks and OpenAPI are all made from it. */
export interface Contract {
  id: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** as OpenAPI writes it: `/projects/{project_id}` */
  path: string;
  /** a slash may follow the path */
  slash?: true;
  tag: string;
  summary: string;
  description?: string;
  /** role that may; `public` needs no key */
  roles: 'public' | readonly Role[];
  params?: Record<string, TSchema>;
  query?: Record<string, TSchema>;
  /** what they say, by name, in the form of {@link headerForms} or in one of its own */
  headers?: Record<string, string | { says: string; form: string }>;
  /**
   * As JSON, as a form, or either; with an example of the JSON, or of the form's fields where it takes no JSON. Without an
   * `optional` body, the JSON is `{}`. `yaml`: the same may come as YAML, whose text the handler reads; `unchecked`: the
   * handler checks the JSON, because it has more to say about it than its schema does; `signed`: the handler
   * gets the text as it came, and believes it for its signature, and callers are charged by address.
   */
  body?: {
    json?: TSchema;
    form?: TSchema;
    example?: object;
    optional?: true;
    yaml?: true;
    unchecked?: true;
    signed?: true;
  };
  /** It carries requests of other addresses, each of which is charged for the changes that it makes. */
  carries?: true;
  answers: readonly Answer[];
  /** statuses of its problems, besides those that every address shares */
  problems?: readonly number[];
  /** the name under which `GET /` lists it */
  entrance?: string;
  /** the kind of subject that it shows; runs about such a subject link here */
  shows?: Subject['kind'];
}

export interface Answer {
  status: number;
  description: string;
  schema?: TSchema;
  /** other than JSON */
  media?: string;
}

/** Addresses of a process by their names. */
export type Contracts = Readonly<Record<string, Contract>>;

/** Any caller with a key. */
export const everybody: readonly Role[] = roles;
export const operators: readonly Role[] = ['operator', 'admin'];

/** Forms of the headers that addresses take, as regular expressions. */
export const headerForms: Readonly<Record<string, string>> = {
  'Accept-Language': '^[ -~]{0,200}$',
  'Idempotency-Key': '^[!-~]([ -~]{0,253}[!-~])?$',
  'If-Match': '^(\\*|"[^"]{1,80}")$',
  'Last-Event-ID': '^\\d{1,15}$',
  Prefer: '^[ -~]{1,200}$',
};

/** The header that makes a request idempotent. */
export const idempotencyKey = {
  'Idempotency-Key': 'your name for this request, 1 to 255 printable characters: the same again gives the same answer',
};

/** The header that chooses the language of an answer's sentences, which `Content-Language` then names. */
export const acceptLanguage = { 'Accept-Language': 'the language of the sentences: `en` or `fr`' };

/** Parameters of a list. */
export const page = (most: number, usual: number) => ({
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: most, default: usual })),
});

/** Parameters of a list of runs, which may be narrowed to those of a status. */
export const listOf = (process?: ProcessName) => ({
  ...page(200, 50),
  status: Type.Optional(Type.Enum([...statusesOf(process)], { description: 'only those' })),
});

/** A table of addresses, each knowing its name, and the names of its parameters. */
export const define = <const T extends Record<string, Omit<Contract, 'id'>>>(table: T) =>
  Object.fromEntries(Object.entries(table).map(([id, contract]) => [id, { id, ...contract }])) as {
    [K in keyof T]: T[K] & { id: string };
  };
