import { Box, Stack, Text } from '@mantine/core';
import { useFormat } from '../../i18n/format';

export interface Bar {
  id: string;
  name: string;
  /** its length, beside the others' */
  value: number;
  /** what it says, in words; the bar itself only helps the eye */
  words: string;
  /** beginning and end of a whisker, in the same measure */
  range?: readonly [low: number, high: number];
}

/** Bars of one measure, each with its name and its value as text. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const format = useFormat();
  const most = Math.max(...bars.flatMap(({ value, range }) => [value, range?.[1] ?? 0]), 0) || 1;
  const width = (value: number) => `${Math.max(0, Math.min(100, (value / most) * 100))}%`;
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }} aria-label={label}>
      {bars.map(({ id, name, value, words, range }) => (
        <li key={id}>
          <Text size="sm" className="foreign">
            {name}
            {format.colon}
            <strong>{words}</strong>
          </Text>
          <Box aria-hidden pos="relative" h={12} bg="var(--mantine-color-default-hover)" style={{ borderRadius: 4 }}>
            <Box h="100%" w={width(value)} bg="var(--mantine-primary-color-filled)" style={{ borderRadius: 4 }} />
            {range && (
              <Box
                pos="absolute"
                top={5}
                h={2}
                left={width(range[0])}
                w={`calc(${width(range[1])} - ${width(range[0])})`}
                bg="var(--mantine-color-text)"
              />
            )}
          </Box>
        </li>
      ))}
    </Stack>
  );
}
