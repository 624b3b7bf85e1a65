import type { Json, JsonObject } from '../../schemas/json';
import { faultAt, parse, type Block, type Fill, type Part, type TemplateError } from './parse';

/** Choices of a rendering. */
export interface RenderOptions {
  /** makes a value safe within the text, such as within HTML */
  escape?: (text: string) => string;
  /** letters of the result at most */
  most: number;
}

/**
 * Fills a template: `{{ name }}`, `{{ a.b }}`, `{{{ unescaped }}}`, `{{#each list}}…{{else}}…{{/each}}` with `{{ this }}`
 * and `{{ @index }}`, `{{#if x}}…{{else}}…{{/if}}`, `{{#unless x}}`, `{{! a note }}`. Values are text, never template.
 * There are no functions and no code; only members that a value has itself are found. A name that is not found within
 * is looked for outside; one that is found nowhere is an error, a null is an empty text.
 * @throws TemplateError
 */
export function renderTemplate(template: string, values: JsonObject, options: RenderOptions): string {
  const output = new Output(template, options);
  writeParts(parse(template), [{ value: values }], output);
  return output.text;
}

/** Values that names are looked for in, the innermost last. */
interface Frame {
  value: Json;
  index?: number;
  count?: number;
  key?: string;
}

class Output {
  text = '';

  constructor(
    readonly template: string,
    readonly options: RenderOptions,
  ) {}

  write(text: string, at = 0): void {
    this.text += text;
    const { most } = this.options;
    if (this.text.length > most) throw this.fault(at, 'too_large', `the text is longer than ${most} letters`);
  }

  fault(at: number, code: TemplateError['code'], message: string): TemplateError {
    return faultAt(this.template, at, code, message);
  }
}

function writeParts(parts: readonly Part[], frames: readonly Frame[], output: Output): void {
  for (const part of parts) {
    if ('text' in part) output.write(part.text);
    else if ('fill' in part) writeValue(part, frames, output);
    else writeBlock(part, frames, output);
  }
}

function writeValue({ fill, raw, at }: Fill, frames: readonly Frame[], output: Output): void {
  const value = find(fill, frames);
  if (value === undefined)
    throw output.fault(
      at,
      'missing_value',
      `there is no value ${fill}; where it may be missing, write {{#if ${fill}}}`,
    );
  const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const { escape } = output.options;
  output.write(raw || !escape ? text : escape(text), at);
}

function writeBlock({ block, path, parts, otherwise, at }: Block, frames: readonly Frame[], output: Output): void {
  const value = find(path, frames);
  if (block !== 'each') {
    writeParts(holds(value) === (block === 'if') ? parts : otherwise, frames, output);
    return;
  }
  if (value === undefined) throw output.fault(at, 'missing_value', `there is no list ${JSON.stringify(path)}`);
  if (value !== null && typeof value !== 'object')
    throw output.fault(at, 'missing_value', `${JSON.stringify(path)} is no list`);
  const entries = Object.entries(value ?? {});
  for (const [index, [key, one]] of entries.entries())
    writeParts(parts, [...frames, { value: one, index, count: entries.length, key }], output);
  if (entries.length === 0) writeParts(otherwise, frames, output);
}

/** Whether a value counts as true: neither missing nor null, false, 0, an empty text or an empty list. */
function holds(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function find(path: string, frames: readonly Frame[]): Json | undefined {
  if (path.startsWith('../')) return frames.length > 1 ? find(path.slice(3), frames.slice(0, -1)) : undefined;
  const here = frames.at(-1);
  if (!here) return undefined;
  if (path.startsWith('@')) return special(path, frames);
  if (path === 'this' || path === '.') return here.value;
  if (path.startsWith('this.')) return memberAt(here.value, path.slice(5));
  const own = memberAt(here.value, path);
  return own === undefined ? find(path, frames.slice(0, -1)) : own;
}

function special(path: string, frames: readonly Frame[]): Json | undefined {
  const frame = frames.findLast(({ index }) => index !== undefined);
  if (frame?.index === undefined) return undefined;
  switch (path) {
    case '@index':
      return frame.index;
    case '@number':
      return frame.index + 1;
    case '@key':
      return frame.key;
    case '@first':
      return frame.index === 0;
    default:
      return frame.index + 1 === frame.count;
  }
}

function memberAt(value: Json, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<Json | undefined>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) && name !== 'length'
          ? (inner as JsonObject)[name]
          : undefined,
      value,
    );
}

/** A text within HTML, in the text of an element or in an attribute in quotation marks. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"'`]/g, (letter) => `&#${letter.charCodeAt(0)};`);
