import { Anchor, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormat } from '../../i18n/format';
import { useLanguage, useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { DataTable, type Column } from '../../parts/DataTable';
import { filesQuery, type OrderNow } from './queries';
import { words } from './words';

interface Shown {
  id: string;
  name: string;
  bytes: number;
  href: string;
  about?: ReactNode;
}

/** The files as they were sent, and those that an approval has made. */
export function Files({ id, order }: { id: string; order: OrderNow }) {
  const w = useWords(words);
  const { language } = useLanguage();
  const format = useFormat();
  const query = useQuery(filesQuery(id));
  const columns: readonly Column<Shown>[] = [
    {
      id: 'name',
      title: w.name,
      cell: ({ name, about }) => (
        <>
          {name}
          {about}
        </>
      ),
    },
    { id: 'size', title: w.size, cell: ({ bytes }) => format.bytes(bytes), width: '7rem', align: 'right' },
    {
      id: 'get',
      title: w.download,
      width: '10rem',
      cell: ({ name, href }) => (
        <Anchor href={href} download={name} size="sm" aria-label={`${w.download} ${name}`}>
          <IconDownload size={14} aria-hidden /> {w.download}
        </Anchor>
      ),
    },
  ];
  return (
    <Stack>
      <Title order={2} size="h5">
        {w.exports}
      </Title>
      {order.exports.length === 0 ? (
        <Text c="dimmed">{w.noExports}</Text>
      ) : (
        <DataTable
          label={w.exports}
          columns={columns}
          rowKey={(row) => row.id}
          rows={order.exports.map(({ path, bytes, href }) => ({
            id: path,
            name: path.split('/').at(-1) ?? path,
            bytes,
            href,
          }))}
        />
      )}
      <Title order={2} size="h5">
        {w.sent}
      </Title>
      <Asked query={query}>
        {({ files }) => (
          <DataTable
            label={w.sent}
            columns={columns}
            rowKey={(row) => row.id}
            rows={files.map(({ file, name, bytes, artifact, refused }) => ({
              ...{ id: String(file), name, bytes, href: artifact.href },
              about: refused && (
                <Text size="xs" c="dimmed">
                  {refused.message[language]}
                </Text>
              ),
            }))}
          />
        )}
      </Asked>
    </Stack>
  );
}
