/** JSON Schema as far as forms are drawn of it. */
export interface FormSchema {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  format?: string;
  properties?: Readonly<Record<string, FormSchema>>;
  required?: string[];
  items?: FormSchema | boolean;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type Control = 'text' | 'number' | 'yes' | 'choice' | 'list' | 'fields' | 'json';

const SCALARS = ['string', 'number', 'integer'];

/** The control that a schema is filled in by; `json` for all that no other can hold. */
export function controlOf(schema: FormSchema): Control {
  if (schema.enum?.every((one) => ['string', 'number', 'boolean'].includes(typeof one))) return 'choice';
  const { type, properties, items } = schema;
  if (type === 'string') return 'text';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'yes';
  if (type === 'array' && isFields(items)) {
    const of = (items as FormSchema).type;
    if (typeof of === 'string' && SCALARS.includes(of) && (items as FormSchema).enum === undefined) return 'list';
  }
  if ((type === 'object' || type === undefined) && properties && Object.keys(properties).length > 0) return 'fields';
  return 'json';
}

/** The value that a form begins with: defaults of the schema, and objects where fields are shown. */
export function beginning(schema: FormSchema): unknown {
  if (schema.default !== undefined) return schema.default;
  if (controlOf(schema) !== 'fields') return undefined;
  const inner = Object.entries(schema.properties ?? {}).map(([name, one]) => {
    const isShown = schema.required?.includes(name) && controlOf(one) === 'fields';
    return [name, beginning(one) ?? (isShown ? {} : undefined)] as const;
  });
  const known = inner.filter(([, value]) => value !== undefined);
  return known.length > 0 || schema.required?.length ? Object.fromEntries(known) : undefined;
}

/** An object with a member set, or left out where there is nothing. */
export function withMember(fields: Fields | undefined, name: string, value: unknown): Fields {
  const { [name]: _, ...others } = fields ?? {};
  return value === undefined ? others : { ...others, [name]: value };
}

/** Lines as the values of a list; those that are no numbers stay texts, which the server then refuses by their place. */
export function listOf(text: string, type: unknown): unknown[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => (type === 'string' || Number.isNaN(Number(line)) ? line : Number(line)));
}

/** A name of a member as a token of a JSON Pointer. */
export const token = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
