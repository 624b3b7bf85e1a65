import { Type } from 'typebox';
import { JsonObjectValue } from '../../../../schemas/json';
import type { ErrorClass } from '../../../../schemas/tool';
import { TemplateError } from '../../../../src/render/parse';
import { escapeHtml, renderTemplate } from '../../../../src/render/template';
import { ToolError } from '../../errors';
import { definePure } from '../../pure/define';
import { Artifact, Count, SaveAs, strict, transformation } from '../transform/common';

/** Letters of a rendered text at most. */
const MOST = 8_000_000;

const errors = {
  'render.bad_template': 'input',
  'render.missing_value': 'input',
  'render.too_large': 'permanent',
} satisfies Record<string, ErrorClass>;

/** Fills a template with values. */
export const renderTemplateTool = definePure({
  ...transformation,
  name: 'render.template',
  description:
    'Fills a template with values: {{ name }}, {{ a.b }}, {{#each items}}…{{/each}}, {{#if x}}…{{else}}…{{/if}}. Gives the text, and saves it if a path is given.',
  effect: 'idempotent',
  input: Type.Object(
    {
      template: Type.String({ maxLength: 1_000_000 }),
      values: JsonObjectValue,
      format: Type.Optional(
        Type.Unsafe<'text' | 'markdown' | 'html'>({
          enum: ['text', 'markdown', 'html'],
          default: 'text',
          description: 'html: values are escaped, except in {{{ name }}}',
        }),
      ),
      save_as: SaveAs,
    },
    strict,
  ),
  output: Type.Object(
    { text: Type.String(), path: Type.Optional(Type.String()), bytes: Count, file: Type.Optional(Artifact) },
    strict,
  ),
  errors,
  work({ template, values, format, save_as }) {
    const text = fill(template, values, format === 'html' ? escapeHtml : undefined);
    const bytes = Buffer.from(text);
    const output = { text, bytes: bytes.length };
    return save_as === undefined ? { output } : { output, save: { path: save_as, bytes } };
  },
});

function fill(template: string, values: Parameters<typeof renderTemplate>[1], escape?: (text: string) => string) {
  try {
    return renderTemplate(template, values, { escape, most: MOST });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { code, message, line, column } = error;
    const type = `render.${code}` as const;
    throw new ToolError({ class: errors[type], type, message, details: { line, column } });
  }
}
