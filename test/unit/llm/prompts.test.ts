import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as processes from '../../../activities/processes';
import { findProjectRoot } from '../../../src/config';
import { loadPrompts } from '../../../src/llm/prompts';

const root = findProjectRoot();
const versions = JSON.parse(readFileSync(join(root, 'src/llm/prompts/versions.json'), 'utf8')) as {
  [prompt: string]: string[];
};
const names = Object.values(processes).flatMap(({ prompts }): readonly string[] => prompts);

describe('prompts', () => {
  it.each(names.flatMap((name) => [[name, 'en'] as const, [name, 'fr'] as const]))(
    '%s.%s is a file with its version, and the hash of each version is kept',
    (name, language) => {
      const prompt = loadPrompts(root, [name])(name, language);
      const file = readFileSync(join(root, 'src', 'llm', 'prompts', `${name}.${language}.md`), 'utf8');
      const text = file.slice(file.indexOf('\n') + 1);
      const known = versions[`${name}.${language}`] ?? [];
      expect(prompt).toEqual({
        ...{ name, language, text },
        version: known.length,
        hash: `sha256:${createHash('sha256').update(text).digest('hex')}`,
      });
      expect(known.at(-1)).toBe(prompt.hash);
      expect(text).toMatch(language === 'fr' ? /données? citées?/ : /quoted data/);
    },
  );

  it('that are missing, empty or without a version stop a start', () => {
    const at = mkdtempSync(join(tmpdir(), 'awe-prompts-'));
    try {
      expect(() => loadPrompts(at, names)).toThrow(/audit\.question\.en\.md/);
      cpSync(join(root, 'src/llm/prompts'), join(at, 'src/llm/prompts'), { recursive: true });
      const file = join(at, 'src/llm/prompts/order.reply.fr.md');
      writeFileSync(file, '<!-- version 2 -->\n\n');
      expect(() => loadPrompts(at, names)).toThrow(/order\.reply\.fr\.md is empty/);
      writeFileSync(file, 'Choose.\n');
      expect(() => loadPrompts(at, names)).toThrow(/order\.reply\.fr\.md begins with no version/);
    } finally {
      rmSync(at, { recursive: true, force: true });
    }
  });
});
