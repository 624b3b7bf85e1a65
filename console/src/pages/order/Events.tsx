import { Accordion, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useWords } from '../../i18n/words';
import { Json } from '../../parts/Json';
import { Time } from '../../parts/Time';
import { words } from './words';

interface Said {
  seq: number;
  event_type: string;
  occurred_at: string;
  payload: unknown;
}

/** Events that are kept here; an order seldom has more than fifty. */
const MOST = 500;

/** The events of an order, past and present, as they were published. */
export function Events({ id }: { id: string }) {
  const w = useWords(words);
  const [events, setEvents] = useState<readonly Said[]>([]);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const source = new EventSource(`/orders/${encodeURIComponent(id)}/events`);
    source.onmessage = ({ data }) => {
      const said = JSON.parse(String(data)) as Said;
      setEvents((before) => (before.some(({ seq }) => seq === said.seq) ? before : [...before, said].slice(-MOST)));
    };
    source.onerror = () => setOver(source.readyState === EventSource.CLOSED);
    return () => source.close();
  }, [id]);
  return (
    <Stack>
      <Text size="sm" c="dimmed" role="status">
        {isOver ? w.eventsAll : w.waitEvents}
      </Text>
      <Accordion variant="separated" multiple>
        {events.map(({ seq, event_type, occurred_at, payload }) => (
          <Accordion.Item key={seq} value={String(seq)}>
            <Accordion.Control>
              <Group gap="sm">
                <Text size="sm" c="dimmed">
                  {seq}
                </Text>
                <Text size="sm" fw={500}>
                  {event_type}
                </Text>
                <Text size="sm" c="dimmed" component="span">
                  <Time at={occurred_at} />
                </Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Json value={payload} label={event_type} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Stack>
  );
}
