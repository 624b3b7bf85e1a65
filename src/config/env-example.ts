import type { Variable } from './sections';
import { variables } from './variables';

const WIDTH = 110;

/** `.env.example`: every variable with its documentation and its default, grouped by section. */
export function renderEnvExample(): string {
  const lines = [
    '# Made from src/config/variables.ts by `make env-example`; do not edit.',
    '# Copy this file to `.env` and remove the `#` in front of what you want to change.',
    '# The environment wins over `.env`; an empty value counts as absent.',
    '# Durations are written like 500ms, 30s, 15m, 4h, 7d.',
  ];
  let section = '';
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    if (variable.section !== section) {
      section = variable.section;
      lines.push('', ...wrap(section, '## '));
    }
    lines.push('', ...wrap(variable.doc, '# '));
    if (variable.absent !== undefined) lines.push(...wrap(`Default: ${variable.absent}.`, '# '));
    lines.push(`# A value is ${variable.kind.describe}.`, `#${name}=${variable.default ?? ''}`);
  }
  return `${lines.join('\n')}\n`;
}

function wrap(text: string, prefix: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && prefix.length + line.length + 1 + word.length > WIDTH) {
      lines.push(prefix + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, prefix + line];
}
