import { Anchor, Button, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../api/client';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { Json } from '../../parts/Json';
import { Empty } from '../../parts/states';
import { Time } from '../../parts/Time';
import { filesIn } from './model';
import { words } from './parts.words';
import { memoryQuery, runKey, workspaceQuery, type Run, type RunStep } from './queries';

/** Bytes of a text that is shown. */
const READABLE = 200_000;

const TEXT = /\.(txt|md|csv|tsv|json|jsonl|ndjson|ya?ml|xml|html?|log|sql|ts|js|py|css)$/i;

interface FilesProps {
  run: Run;
  steps: readonly RunStep[];
}

/** What the steps of a run have made and share: files, artifacts, values by name. */
export default function Files({ run: { workflow_id }, steps }: FilesProps) {
  const w = useWords(words);
  const format = useFormat();
  const [reading, setReading] = useState<string>();
  const workspace = useQuery(workspaceQuery(workflow_id));
  const memory = useQuery(memoryQuery(workflow_id));
  const artifacts = steps.flatMap(({ output }) => filesIn(output));
  const files = workspace.data?.files ?? [];
  const columns: Column<(typeof files)[number]>[] = [
    {
      id: 'path',
      title: w.path,
      cell: ({ path, href }) => (
        <Anchor size="sm" href={href} download>
          {path}
        </Anchor>
      ),
    },
    { id: 'size', title: w.size, align: 'right', width: '7rem', cell: ({ bytes }) => format.bytes(bytes) },
    {
      id: 'changed',
      title: w.changed,
      width: '8rem',
      isMinor: true,
      cell: ({ modified_at }) => <Time at={modified_at} />,
    },
    {
      id: 'read',
      title: w.read,
      width: '6rem',
      cell: ({ path }) =>
        TEXT.test(path) && (
          <Button size="compact-xs" variant="default" aria-label={`${w.read} ${path}`} onClick={() => setReading(path)}>
            {w.read}
          </Button>
        ),
    },
  ];
  const read = files.find(({ path }) => path === reading);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2} size="h5">
          {w.files}
        </Title>
        {files.length > 0 && (
          <Anchor size="sm" href={`/workspace/download?run=${encodeURIComponent(workflow_id)}`} download>
            {w.all}
          </Anchor>
        )}
      </Group>
      <Asked query={workspace}>
        {() =>
          files.length === 0 ? (
            <Empty>{w.noFiles}</Empty>
          ) : (
            <DataTable label={w.files} columns={columns} rows={files} rowKey={({ path }) => path} maxHeight="40vh" />
          )
        }
      </Asked>
      {read && (
        <TextOfFile key={read.path} file={read} workflowId={workflow_id} onClose={() => setReading(undefined)} />
      )}
      {artifacts.length > 0 && (
        <>
          <Title order={2} size="h5">
            {w.artifacts}
          </Title>
          <Stack gap={4}>
            {artifacts.map(({ artifact_id, path, bytes }) => (
              <Anchor
                key={`${artifact_id} ${path}`}
                size="sm"
                href={`/artifacts/${artifact_id}`}
                download
                className="foreign"
              >
                {path} {bytes !== undefined && `(${format.bytes(bytes)})`}
              </Anchor>
            ))}
          </Stack>
        </>
      )}
      <Title order={2} size="h5">
        {w.memory}
      </Title>
      <Asked query={memory}>
        {({ entries }) =>
          entries.length === 0 ? (
            <Empty>{w.noMemory}</Empty>
          ) : (
            <Table>
              <Table.Tbody>
                {entries.map(({ name, value }) => (
                  <Table.Tr key={name}>
                    <Table.Th scope="row" className="foreign">
                      {name}
                    </Table.Th>
                    <Table.Td>
                      <Json value={value} label={name} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Asked>
    </Stack>
  );
}

interface TextOfFileProps {
  file: { path: string; bytes: number; href: string; modified_at: string };
  workflowId: string;
  onClose: () => void;
}

/** A file as text, never as what it claims to be. */
function TextOfFile({ file: { path, bytes, href, modified_at }, workflowId, onClose }: TextOfFileProps) {
  const w = useWords(words);
  const text = useQuery({
    queryKey: [...runKey(workflowId), 'file', path, modified_at],
    enabled: bytes <= READABLE,
    async queryFn({ signal }) {
      const response = await fetch(href, { signal });
      if (!response.ok) throw new ApiProblem(response.status, response.statusText);
      return await response.text();
    },
  });
  return (
    <Stack gap={4}>
      <Group justify="space-between">
        <Title order={3} size="h6" className="foreign">
          {path}
        </Title>
        <Button size="compact-xs" variant="default" onClick={onClose}>
          {w.close}
        </Button>
      </Group>
      {bytes > READABLE ? (
        <Text size="sm">{w.tooLong}</Text>
      ) : (
        <Asked query={text}>
          {(content) => (
            <Code block mah={400} tabIndex={0} aria-label={path} style={{ overflow: 'auto' }}>
              {content}
            </Code>
          )}
        </Asked>
      )}
    </Stack>
  );
}
