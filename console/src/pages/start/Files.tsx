import '@mantine/dropzone/styles.layer.css';
import { ActionIcon, Group, List, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileSpreadsheet, IconX } from '@tabler/icons-react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { words } from './words';

interface FilesProps {
  label: string;
  hint: string;
  files: readonly File[];
  onChange: (files: File[]) => void;
  error?: string;
  most?: number;
}

/** Files that are dropped or chosen, with their names; what they are, the server looks at. */
export function Files({ label, hint, files, onChange, error, most = 20 }: FilesProps) {
  const w = useWords(words);
  const format = useFormat();
  return (
    <Stack gap="xs">
      <Dropzone
        onDrop={(dropped) => onChange([...(most === 1 ? [] : files), ...dropped].slice(0, most))}
        multiple={most > 1}
        aria-label={`${label}. ${hint}`}
        inputProps={{ 'aria-label': label }}
      >
        <Group justify="center" gap="sm" mih={72} style={{ pointerEvents: 'none' }}>
          <IconFileSpreadsheet aria-hidden />
          <div>
            <Text>{label}</Text>
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          </div>
        </Group>
      </Dropzone>
      {error && (
        <Text size="sm" role="alert" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      {files.length > 0 && (
        <List aria-label={w.order.files} listStyleType="none" spacing={4}>
          {files.map((file, index) => (
            <List.Item key={`${index} ${file.name}`}>
              <Group gap="xs">
                <Text size="sm" className="foreign">
                  {file.name} · {format.bytes(file.size)}
                </Text>
                <ActionIcon
                  size="sm"
                  variant="default"
                  aria-label={w.order.remove(file.name)}
                  onClick={() => onChange(files.filter((_, at) => at !== index))}
                >
                  <IconX size={14} />
                </ActionIcon>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
