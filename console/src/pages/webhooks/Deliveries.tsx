import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { operators } from '../../api/session';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Dialog } from '../../parts/Dialog';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { Json } from '../../parts/Json';
import { More } from '../../parts/More';
import { PlainTable } from '../../parts/PlainTable';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { useAction } from '../../parts/useAction';
import { deliveryQuery, redeliver, useDeliveries, WEBHOOKS, type Delivery } from './queries';
import { words } from './words';

/** The last messages to a webhook, newest first. */
export function Deliveries({ id }: { id: string }) {
  const w = useWords(words);
  const format = useFormat();
  const deliveries = useDeliveries(id);
  const [shown, setShown] = useState<string>();
  const again = useAction({
    act: (delivery_id: string) => redeliver({ id, delivery_id }),
    done: () => w.redelivered,
    refresh: [[...WEBHOOKS, 'deliveries', id]],
  });
  return (
    <>
      <Asked query={deliveries.query}>
        {(rows) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              {w.noDeliveries}
            </Text>
          ) : (
            <PlainTable
              label={w.deliveries}
              heads={[w.event, w.state, w.attempts, w.last, w.sent, w.body]}
              rows={rows.map((one) => [
                one.event_type,
                <Status key="state" state={one.status} />,
                format.number(one.attempt_count),
                lastAnswer(one),
                <Time key="sent" at={one.created_at} />,
                <Stack key="body" gap={4} align="flex-start">
                  <Button size="compact-xs" variant="default" onClick={() => setShown(one.delivery_id)}>
                    {w.show}
                  </Button>
                  {one.status !== 'pending' && (
                    <Allowed size="compact-xs" roles={operators} onClick={() => again.mutate(one.delivery_id)}>
                      {w.redeliver}
                    </Allowed>
                  )}
                </Stack>,
              ])}
            />
          )
        }
      </Asked>
      <More {...deliveries} />
      {shown !== undefined && <Message id={id} delivery_id={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

function lastAnswer({ attempts }: Delivery): string {
  const last = attempts.at(-1);
  return [last?.status, last?.error].filter((part) => part !== undefined).join(' ');
}

function Message({ id, delivery_id, onClose }: { id: string; delivery_id: string; onClose: () => void }) {
  const w = useWords(words);
  const query = useQuery(deliveryQuery(id, delivery_id));
  return (
    <Dialog onClose={onClose} title={w.body} size="lg">
      <Asked query={query}>
        {({ body, ...delivery }) => <Json value={{ ...delivery, body: parsed(body) }} label={w.body} />}
      </Asked>
    </Dialog>
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
