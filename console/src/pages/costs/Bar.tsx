import { Box, Text } from '@mantine/core';

/** An amount in words, and its share of the largest as a bar; the bar alone says nothing. */
export function Bar({ words, share }: { words: string; share: number }) {
  const percent = Math.max(0, Math.min(1, share)) * 100;
  return (
    <Box miw={140}>
      <Text size="sm">{words}</Text>
      <Box h={6} bg="var(--mantine-color-default-hover)" style={{ borderRadius: 3 }} aria-hidden>
        <Box
          h="100%"
          w={`${percent}%`}
          miw={percent > 0 ? 2 : 0}
          bg="var(--mantine-primary-color-filled)"
          style={{ borderRadius: 3 }}
        />
      </Box>
    </Box>
  );
}
