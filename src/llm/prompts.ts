import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../schemas/language';
import type { Prompt, Prompts } from './prompt';

/**
 * Reads all prompts at once, so that a missing one stops the start and not a run.
 * @param root the project's folder: compiled code and sources read the same files
 * @throws Error that names a file which is missing, empty or without a version in its first line
 */
export function loadPrompts<Name extends string>(root: string, names: readonly Name[]): Prompts<Name> {
  const read = (name: Name, language: Language): Prompt => {
    const file = join(root, 'src', 'llm', 'prompts', `${name}.${language}.md`);
    const [first = '', ...rest] = readFileSync(file, 'utf8').split('\n');
    const version = /^<!-- version (\d+) -->$/.exec(first)?.[1];
    if (version === undefined) throw new Error(`the prompt ${file} begins with no version, such as <!-- version 1 -->`);
    const text = rest.join('\n');
    if (text.trim() === '') throw new Error(`the prompt ${file} is empty`);
    return {
      name,
      language,
      version: Number(version),
      text,
      hash: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    };
  };
  const all = new Map(names.map((name) => [name, { en: read(name, 'en'), fr: read(name, 'fr') }]));
  return (name, language) => {
    const found = all.get(name)?.[language];
    if (!found) throw new Error(`there is no prompt ${name}.${language}`);
    return found;
  };
}
