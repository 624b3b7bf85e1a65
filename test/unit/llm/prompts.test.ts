import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as processes from '../../../activities/processes';
import { findProjectRoot } from '../../../src/config';
import { loadPrompts } from '../../../src/llm/prompts';

const root = findProjectRoot();
const names = Object.values(processes).flatMap(({ prompts }): readonly string[] => prompts);

describe('prompts', () => {
  it.each(names.flatMap((name) => [[name, 'en'] as const, [name, 'fr'] as const]))(
    '%s.%s is a file, and its hash is that of its text',
    (name, language) => {
      const prompt = loadPrompts(root, [name])(name, language);
      const text = readFileSync(join(root, 'src', 'llm', 'prompts', `${name}.${language}.md`), 'utf8');
      expect(prompt).toEqual({
        ...{ name, language, text },
        hash: `sha256:${createHash('sha256').update(text).digest('hex')}`,
      });
      expect(text).toMatch(language === 'fr' ? /données? citées?/ : /quoted data/);
    },
  );

  it('that are missing or empty stop a start', () => {
    const at = mkdtempSync(join(tmpdir(), 'awe-prompts-'));
    try {
      expect(() => loadPrompts(at, names)).toThrow(/audit\.question\.en\.md/);
      cpSync(join(root, 'src/llm/prompts'), join(at, 'src/llm/prompts'), { recursive: true });
      writeFileSync(join(at, 'src/llm/prompts/order.reply.fr.md'), '\n');
      expect(() => loadPrompts(at, names)).toThrow(/order\.reply\.fr\.md is empty/);
    } finally {
      rmSync(at, { recursive: true, force: true });
    }
  });
});
