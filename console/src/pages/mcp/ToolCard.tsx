import { Box, Code, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { operators } from '../../api/session';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Facts } from '../../parts/Facts';
import { Go, pathOf } from '../../parts/Go';
import { Json } from '../../parts/Json';
import { Status } from '../../parts/Status';
import type { McpTool } from './queries';
import { words } from './words';

/** A tool for whoever has to judge it: remarks, what has changed, and its definition word for word. */
export function ToolCard({ tool, onAccept }: { tool: McpTool; onAccept: () => void }) {
  const w = useWords(words);
  const format = useFormat();
  const { name, uses, state, pinned, remarks, changes, unusable, definition } = tool;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={3} size="h6" className="foreign">
              {name}
            </Title>
            <Status state={state} />
          </Group>
          {(state === 'new' || state === 'changed') && tool.digest && (
            <Allowed size="xs" roles={operators} onClick={onAccept} aria-label={w.acceptOne(name)}>
              {w.accept}
            </Allowed>
          )}
        </Group>
        <Facts
          facts={[
            [w.description, typeof definition?.['description'] === 'string' && definition['description']],
            [w.inPlans, state === 'pinned' ? <Go to={pathOf('tools', uses)}>{uses}</Go> : uses],
            [w.unusable, unusable],
            [w.acceptedBy, pinned && w.byAt(pinned.by, format.instant(pinned.at))],
            [w.hash, tool.digest && <code>{tool.digest}</code>],
          ]}
        />
        {remarks.length > 0 && (
          <Box>
            <Text size="sm" fw={600}>
              {w.remarks}
            </Text>
            <List size="sm" className="foreign">
              {remarks.map(({ code, pointer, message }) => (
                <List.Item key={code + pointer}>
                  <code>{pointer || '/'}</code> {message}
                </List.Item>
              ))}
            </List>
          </Box>
        )}
        {changes.length > 0 && <Changes changes={changes} />}
        <details>
          <Text component="summary" size="sm">
            {w.definition}
          </Text>
          <Json value={definition} label={w.definition} />
        </details>
      </Stack>
    </Paper>
  );
}

const COLOR = { '-': 'light-dark(#a51111, #ffa8a8)', '+': 'light-dark(#146c2e, #8ce99a)' } as const;

/** The definition now against the accepted one: each member that differs, before and after. */
function Changes({ changes }: Pick<McpTool, 'changes'>) {
  const w = useWords(words);
  const format = useFormat();
  const side = (sign: '-' | '+', word: string, value: unknown) =>
    value !== undefined && (
      <Text component="div" size="xs" ff="monospace" c={COLOR[sign]} style={{ whiteSpace: 'pre-wrap' }}>
        {sign} {word}
        {format.colon}
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </Text>
    );
  return (
    <Box>
      <Text size="sm" fw={600}>
        {w.difference}
      </Text>
      <Stack gap="xs">
        {changes.map(({ change, pointer, before, after }) => (
          <Box key={pointer} className="foreign">
            <Text size="sm">
              <Code>{pointer || '/'}</Code> {w.changes[change]}
            </Text>
            {side('-', w.was, before)}
            {side('+', w.is, after)}
          </Box>
        ))}
      </Stack>
    </Box>
  );
}
