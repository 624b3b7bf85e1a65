import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { chartOf, CHART_FILE, escapeXml, svgOf } from './chart';
import type { DeliverableDocument } from '../../../schemas/audit/deliverables';

/** A report as Markdown, with the document that it renders. */
export interface Chapter {
  document: DeliverableDocument;
  markdown: string;
}

/**
 * Reports as one page for the client. The Markdown is ours, and of it only what our reports use is known; every text is
 * decoded and escaped anew, so that nothing in a cell becomes markup. No script, nothing from elsewhere, and a policy
 * that allows the one style sheet by its hash.
 */
export function pageOf(chapters: readonly Chapter[]): string {
  const [first] = chapters;
  const titles = chapters.map(({ markdown }) => plainText(/^# (.*)$/m.exec(markdown)?.[1] ?? ''));
  return [
    '<!doctype html>',
    `<html lang="${first?.document.language ?? 'en'}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(titles[0] ?? '')}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    '<nav><ol>',
    ...chapters.map(({ document }, i) => `<li><a href="#${document.kind}">${escapeXml(titles[i] ?? '')}</a></li>`),
    '</ol></nav>',
    ...chapters.flatMap((chapter) => [`<section id="${chapter.document.kind}">`, ...blocksOf(chapter), '</section>']),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** Style of the page, on screen and on paper. */
const STYLE = `
body{font:16px/1.5 Georgia,"Times New Roman",serif;color:#1b1b1b;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.7rem;border-bottom:2px solid #2f6690;padding-bottom:.3rem;margin-top:3rem}
h2{font-size:1.2rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font:13px/1.4 Arial,sans-serif;margin:1rem 0}
th,td{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
th{border-bottom:2px solid #888}
.r{text-align:right}
td.r{white-space:nowrap}
ul ul{list-style:none}
svg{max-width:100%;height:auto}
code{font-size:.85em}
nav{font-family:Arial,sans-serif}
@media print{@page{size:A4;margin:18mm}body{max-width:none;margin:0;font-size:11pt}section{break-before:page}tr,svg{break-inside:avoid}h1,h2{break-after:avoid}table{font-size:8.5pt}a{color:inherit;text-decoration:none}}
`;

const STYLE_HASH = Buffer.from(sha256(utf8ToBytes(STYLE))).toString('base64');

function blocksOf({ document, markdown }: Chapter): string[] {
  const lines = markdown.split('\n');
  const html: string[] = [];
  for (let at = 0; at < lines.length;) {
    const end = endOfBlock(lines, at);
    const block = lines.slice(at, end);
    at = end;
    const [line = ''] = block;
    const heading = /^(#{1,2}) (.*)$/.exec(line);
    if (heading) html.push(`<h${heading[1]!.length}>${inline(heading[2]!)}</h${heading[1]!.length}>`);
    else if (line.startsWith('![') && line.endsWith(`](${CHART_FILE})`)) {
      const chart = chartOf(document);
      if (chart) html.push(svgOf(chart));
    } else if (line.startsWith('|')) html.push(...tableOf(block));
    else if (isItem(line)) html.push(...listOf(block));
    else if (line !== '' && !line.startsWith('```')) html.push(`<p>${block.map(inline).join(' ')}</p>`);
  }
  return html;
}

/** Index after the block that begins at a line. */
function endOfBlock(lines: readonly string[], at: number): number {
  const line = lines[at]!;
  let end = at + 1;
  if (line.startsWith('```')) {
    while (end < lines.length && !lines[end]!.startsWith('```')) end += 1;
    return end + 1;
  }
  const goesOn = line.startsWith('|')
    ? (next: string) => next.startsWith('|')
    : isItem(line)
      ? isItem
      : (next: string) =>
          line !== '' && !/^(#|!\[|\||```)/.test(next) && next !== '' && !isItem(next) && !/^#/.test(line);
  if (/^(#|!\[)/.test(line) || line === '') return end;
  while (end < lines.length && goesOn(lines[end]!)) end += 1;
  return end;
}

const isItem = (line: string): boolean => /^\s*(?:-|\d+\.) /.test(line);

/** A list; items that are set in belong to the one before. */
function listOf(block: readonly string[]): string[] {
  const items: { words: string; inner: string[] }[] = [];
  for (const line of block) {
    const [, inset = '', mark = '', words = ''] = /^(\s*)(-|\d+\.) (.*)$/.exec(line) ?? [];
    const text = mark === '-' ? inline(words) : `${escapeXml(mark)} ${inline(words)}`;
    if (inset === '' || items.length === 0) items.push({ words: text, inner: [] });
    else items.at(-1)!.inner.push(text);
  }
  const list = (texts: readonly string[]) => `<ul>${texts.map((text) => `<li>${text}</li>`).join('')}</ul>`;
  return [list(items.map(({ words, inner }) => (inner.length === 0 ? words : `${words}${list(inner)}`)))];
}

function tableOf(block: readonly string[]): string[] {
  const [head = '', rule = '', ...rows] = block;
  const right = cellsOf(rule).map((cell) => cell.endsWith(':'));
  const row = (line: string, tag: 'th' | 'td') =>
    `<tr>${cellsOf(line)
      .map((cell, i) => `<${tag}${right[i] ? ' class="r"' : ''}>${inline(cell)}</${tag}>`)
      .join('')}</tr>`;
  return [
    '<table>',
    `<thead>${row(head, 'th')}</thead>`,
    '<tbody>',
    ...rows.map((line) => row(line, 'td')),
    '</tbody>',
    '</table>',
  ];
}

/** Cells of a line of a table; `\|` is no border. */
const cellsOf = (line: string): string[] =>
  line
    .replace(/^\| ?| ?\|$/g, '')
    .split(/(?<!\\) \| /)
    .map((cell) => cell.trim());

/** Marks and text of a line: `**`, `*`, backquotes, escapes, entities, and everything else. */
const PIECE = /\\([\\`*_[\]|#~^$!])|&(amp|lt|gt|#\d+);|`([^`]*)`|(\*\*)|(\*)|([^\\&`*]+|[\s\S])/g;
const named: Record<string, string> = { amp: '&', lt: '<', gt: '>' };

/** A line of Markdown as HTML: bold, italics and code; all text is escaped. */
function inline(line: string): string {
  const open: ('strong' | 'em')[] = [];
  const toggle = (tag: 'strong' | 'em') => {
    if (open.at(-1) === tag) return `</${open.pop()!}>`;
    if (open.includes(tag)) return '';
    open.push(tag);
    return `<${tag}>`;
  };
  let html = '';
  for (const [, escaped, entity, code, bold, italic, text] of line.matchAll(PIECE)) {
    if (escaped !== undefined) html += escapeXml(escaped);
    else if (entity !== undefined) html += escapeXml(decoded(entity));
    else if (code !== undefined) html += `<code>${escapeXml(code)}</code>`;
    else if (bold !== undefined) html += toggle('strong');
    else if (italic !== undefined) html += toggle('em');
    else html += escapeXml(text ?? '');
  }
  return (
    html +
    open
      .reverse()
      .map((tag) => `</${tag}>`)
      .join('')
  );
}

const plainText = (line: string): string =>
  [...line.matchAll(PIECE)]
    .map(
      ([, escaped, entity, code, , , text]) =>
        escaped ?? (entity === undefined ? undefined : decoded(entity)) ?? code ?? text ?? '',
    )
    .join('');

function decoded(entity: string): string {
  if (!entity.startsWith('#')) return named[entity] ?? '';
  const point = Number(entity.slice(1));
  // the mark that keeps a line from being a list is for Markdown alone
  return point === 8203 || point > 0x10ffff ? '' : String.fromCodePoint(point);
}
