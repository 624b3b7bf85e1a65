import { Type } from 'typebox';
import { languages, type Language } from '../../../../schemas/language';
import type { Made } from '../../pure/define';
import { Artifact, Count, transformation } from '../transform/common';

export const Title = Type.String({ minLength: 1, maxLength: 300 });
export const LanguageOf = Type.Optional(Type.Unsafe<Language>({ enum: [...languages], default: 'en' }));

/** Facts that all reports share. */
export const report = { ...transformation, effect: 'idempotent' } as const;

/** Output of every report. */
export const reportOutput = {
  markdown: Type.String(),
  bytes: Count,
  path: Type.Optional(Type.String()),
  file: Type.Optional(Artifact),
};

/** The output of a report, and its file where a path is given. */
export function made<More extends object>(markdown: string, path: string | undefined, more: More) {
  const bytes = Buffer.from(markdown);
  const output = { markdown, bytes: bytes.length, ...more };
  return (path === undefined ? { output } : { output, save: { path, bytes } }) satisfies Made<object>;
}
