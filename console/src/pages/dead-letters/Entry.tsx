import { Box, Code, Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { useWords } from '../../i18n/words';
import { lineOf, linesOf } from './lines';
import type { LetterDetail } from './queries';
import { words } from './words';
import { Copy } from '../../parts/Copy';

type Fault = LetterDetail['errors'][number];

/** The entry as it was, beside its faults: each is marked at the line that its pointer means. */
export function Entry({ letter: { raw, encoding, errors } }: { letter: LetterDetail }) {
  const w = useWords(words);
  const lines = useMemo(() => (encoding === 'utf8' ? linesOf(raw) : undefined), [raw, encoding]);
  const [form, setForm] = useState('laidOut');
  const box = useRef<HTMLDivElement>(null);
  const faults = useMemo(() => {
    const found = new Map<number, Fault[]>();
    if (lines)
      for (const fault of errors)
        found.set(lineOf(lines, fault.pointer), [...(found.get(lineOf(lines, fault.pointer)) ?? []), fault]);
    return found;
  }, [lines, errors]);
  const isLaidOut = lines !== undefined && form === 'laidOut';
  const show = (pointer: string) => {
    setForm('laidOut');
    const line = lines && lineOf(lines, pointer);
    window.setTimeout(() => box.current?.querySelector(`[data-line="${line}"]`)?.scrollIntoView({ block: 'center' }));
  };
  return (
    <Stack gap="xs">
      {errors.length > 0 && (
        <>
          <Title order={3} size="h6">
            {w.faults}
          </Title>
          <Stack gap={4} component="ul" m={0} pl="md">
            {errors.slice(0, 50).map((fault) => (
              <Text key={fault.pointer + fault.keyword + fault.message} component="li" size="sm" className="foreign">
                <Button variant="light" size="compact-xs" onClick={() => show(fault.pointer)} disabled={!lines}>
                  {fault.pointer || '/'}
                </Button>{' '}
                {fault.message}
              </Text>
            ))}
          </Stack>
        </>
      )}
      <Group justify="space-between" gap="xs">
        <Title order={3} size="h6">
          {w.raw}
        </Title>
        <Group gap="xs">
          {lines && (
            <SegmentedControl
              size="xs"
              aria-label={w.raw}
              value={form}
              onChange={setForm}
              data={[
                { value: 'laidOut', label: w.laidOut },
                { value: 'asSent', label: w.asSent },
              ]}
            />
          )}
          <Copy text={raw} size="compact-xs" variant="subtle" />
        </Group>
      </Group>
      {encoding === 'base64' && (
        <Text size="sm" c="dimmed">
          {w.base64}
        </Text>
      )}
      <Code
        block
        ref={box}
        mah={420}
        tabIndex={0}
        role="region"
        aria-label={w.raw}
        style={{ overflow: 'auto', whiteSpace: 'pre-wrap' }}
        className="foreign"
      >
        {isLaidOut
          ? lines.map(({ text }, index) => (
              <EntryLine key={index} index={index} text={text} faults={faults.get(index)} />
            ))
          : raw}
      </Code>
    </Stack>
  );
}

function EntryLine({ index, text, faults }: { index: number; text: string; faults?: readonly Fault[] }) {
  if (!faults) return <Box data-line={index}>{text}</Box>;
  return (
    <Box data-line={index} style={{ borderInlineStart: '3px solid var(--mantine-color-red-6)', paddingInlineStart: 4 }}>
      <mark style={{ background: 'light-dark(#ffe3e3, #5c1f1f)', color: 'inherit' }}>{text}</mark>
      {faults.map(({ message, keyword }) => (
        <Text
          key={message + keyword}
          component="span"
          size="xs"
          fw={600}
          c="light-dark(#a51111, #ffb3b3)"
          display="block"
        >
          ← {message}
        </Text>
      ))}
    </Box>
  );
}
