/** A template that cannot be read or filled. `line` and `column` count from 1. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(
    readonly code: 'bad_template' | 'missing_value' | 'too_large',
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`line ${line}, column ${column}: ${message}`);
  }
}

/** Part of a template. `at`: offset of its first letter. */
export type Part = { text: string } | Fill | Block;

export interface Fill {
  fill: string;
  raw: boolean;
  at: number;
}

export interface Block {
  block: 'each' | 'if' | 'unless';
  path: string;
  parts: Part[];
  otherwise: Part[];
  at: number;
}

const TAG = /\{\{\{([^{}]*)\}\}\}|\{\{([^{}]*)\}\}/g;
const PATH = /^(?:@(?:index|number|key|first|last)|this|\.|(?:this\.|\.\.\/)*[^\s{}.@#/]+(?:\.[^\s{}.]+)*)$/u;
const DEEPEST = 20;

/** The parts of a template. @throws TemplateError `bad_template` */
export function parse(template: string): Part[] {
  const root: Part[] = [];
  const open: Block[] = [];
  let into = root;
  let end = 0;
  const write = (from: number, to: number) => {
    const text = template.slice(from, to);
    const stray = text.indexOf('{{');
    if (stray >= 0) throw faultAt(template, from + stray, 'bad_template', 'this {{ has no }}');
    if (text !== '') into.push({ text });
  };
  for (const match of template.matchAll(TAG)) {
    const [whole, raw, plain = ''] = match;
    const at = match.index;
    const fault = (message: string) => faultAt(template, at, 'bad_template', message);
    write(end, at);
    end = at + whole.length;
    const tag = (raw ?? plain).trim();
    if (tag.startsWith('!')) continue;
    const [, block, subject = ''] = /^#(each|if|unless)\s+(.*)$/s.exec(tag) ?? [];
    if (block) {
      const path = pathOf(subject, fault);
      if (open.length >= DEEPEST) throw fault(`blocks nest deeper than ${DEEPEST}`);
      const made: Block = { block: block as Block['block'], path, parts: [], otherwise: [], at };
      into.push(made);
      open.push(made);
      into = made.parts;
    } else if (tag === 'else') {
      const last = open.at(-1);
      if (!last || into === last.otherwise) throw fault('{{else}} without an open block');
      into = last.otherwise;
    } else if (tag.startsWith('/')) {
      const last = open.pop();
      if (last?.block !== tag.slice(1).trim())
        throw fault(last ? `{{#${last.block}}} is open, not {{${tag}}}` : `{{${tag}}} closes nothing`);
      const outer = open.at(-1);
      into = outer ? (outer.otherwise.includes(last) ? outer.otherwise : outer.parts) : root;
    } else into.push({ fill: pathOf(tag, fault), raw: raw !== undefined, at });
  }
  const unclosed = open.at(-1);
  if (unclosed) throw faultAt(template, unclosed.at, 'bad_template', `{{#${unclosed.block}}} is never closed`);
  write(end, template.length);
  return root;
}

function pathOf(text: string, fault: (message: string) => TemplateError): string {
  const path = text.trim();
  if (PATH.test(path)) return path;
  throw fault(`${JSON.stringify(path)} is no name: write {{ name }}, {{ a.b }}, {{#each list}} or {{#if name}}`);
}

/** A fault at an offset of a template. */
export function faultAt(template: string, at: number, code: TemplateError['code'], message: string): TemplateError {
  const before = template.slice(0, at).split('\n');
  return new TemplateError(code, message, before.length, (before.at(-1)?.length ?? 0) + 1);
}
