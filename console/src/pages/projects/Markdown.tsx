import { Anchor, Code, List, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { PlainTable } from '../../parts/PlainTable';

/**
 * The Markdown of reports as elements: headings, lists, tables, emphasis, code and links. Anything else is its text;
 * no HTML is made of it, images are their words, and a link leads to http(s) alone.
 */
export function Markdown({ text }: { text: string }) {
  return (
    <Stack gap="sm">
      {blocksOf(text).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </Stack>
  );
}

type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'table'; rows: string[][] }
  | { kind: 'code' | 'text'; text: string };

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const last = blocks.at(-1);
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const item = ITEM.exec(line);
    if (/^```/.test(line)) {
      const end = lines.findIndex((one, at) => at > i && /^```/.test(one));
      const inner = lines.slice(i + 1, end < 0 ? undefined : end);
      blocks.push({ kind: 'code', text: inner.join('\n') });
      i = end < 0 ? lines.length : end;
    } else if (heading) blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    else if (item) {
      const isSame = last?.kind === 'list' && last.ordered === (item[1] !== undefined) && lines[i - 1]?.trim() !== '';
      if (isSame) last.items.push(item[2] ?? '');
      else blocks.push({ kind: 'list', ordered: item[1] !== undefined, items: [item[2] ?? ''] });
    } else if (line.trim().startsWith('|')) {
      const isRule = /^[\s|:-]+$/.test(line);
      if (last?.kind === 'table' && lines[i - 1]?.trim().startsWith('|')) {
        if (!isRule) last.rows.push(cellsOf(line));
      } else blocks.push({ kind: 'table', rows: [cellsOf(line)] });
    } else if (line.trim() !== '') {
      if (last?.kind === 'text' && lines[i - 1]?.trim() !== '') last.text += `\n${line}`;
      else blocks.push({ kind: 'text', text: line });
    }
  }
  return blocks;
}

function Block({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading':
      // below the page's title and the name of the deliverable
      return (
        <Title order={Math.min(block.level + 2, 6) as 3 | 4 | 5 | 6} size="h6" className="foreign">
          {inline(block.text)}
        </Title>
      );
    case 'list':
      return (
        <List type={block.ordered ? 'ordered' : 'unordered'} size="sm" spacing={4}>
          {block.items.map((item, index) => (
            <List.Item key={index} className="foreign">
              {inline(item)}
            </List.Item>
          ))}
        </List>
      );
    case 'table': {
      const [heads = [], ...rows] = block.rows;
      return <PlainTable label={heads.join(', ')} heads={heads} rows={rows.map((row) => row.map(inline))} />;
    }
    case 'code':
      return (
        <Code block tabIndex={0}>
          {block.text}
        </Code>
      );
    case 'text':
      return (
        <Text size="sm" className="foreign" style={{ whiteSpace: 'pre-line' }}>
          {inline(block.text)}
        </Text>
      );
  }
}

const INLINE = /(`[^`]+`|\*\*[^*]+\*\*|(?<![\w*])[*_][^*_\n]+[*_](?![\w*])|!?\[[^\]]*\]\([^)\s]*\))/;

function inline(text: string): ReactNode {
  return text.split(INLINE).map((part, index) => {
    const link = /^(!?)\[([^\]]*)\]\(([^)\s]*)\)$/.exec(part);
    if (link) {
      const [, image, words, target = ''] = link;
      if (image === '!' || !/^https?:\/\//i.test(target)) return words;
      return (
        <Anchor key={index} href={target} target="_blank" rel="noreferrer noopener" inherit>
          {words}
        </Anchor>
      );
    }
    if (/^`.+`$/s.test(part)) return <Code key={index}>{part.slice(1, -1)}</Code>;
    if (/^\*\*.+\*\*$/s.test(part)) return <strong key={index}>{part.slice(2, -2)}</strong>;
    if (/^([*_]).+\1$/s.test(part)) return <em key={index}>{part.slice(1, -1)}</em>;
    return part.replace(/\\([\\`*_{}[\]()#+.!|<>-])/g, '$1');
  });
}
