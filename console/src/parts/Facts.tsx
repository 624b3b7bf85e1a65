import { Box, Text } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';

/** Names and values in two columns; a value that is not there leaves out its line. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <Box component="dl" m={0} display="grid" style={{ gridTemplateColumns: 'fit-content(45%) 1fr', gap: '4px 16px' }}>
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <Fragment key={name}>
            <Text component="dt" size="sm" c="dimmed">
              {name}
            </Text>
            <Text component="dd" size="sm" m={0} className="foreign">
              {value}
            </Text>
          </Fragment>
        ))}
    </Box>
  );
}
