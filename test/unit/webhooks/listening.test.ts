/** Webhooks that are told of an event: read once for many events, and limited to workflows. */
import { tellWebhooks } from '../../../workers/webhooks/tell';
import type { Envelope } from '../../../schemas/envelope';
import { createSealer } from '../../../src/access/seal';
import { createEventValidator } from '../../../src/contracts/validators';
import { createDeliveries } from '../../../src/webhooks/deliveries';
import { createWebhookHealth } from '../../../src/webhooks/health';
import { createWebhooks, LISTED_FOR } from '../../../src/webhooks/webhooks';
import { faulty, temporaryStore } from '../documents/support';

const sealer = createSealer([Buffer.alloc(32, 1)]);
const url = 'https://hooks.example.com/awe';

it('costs the store nothing for a while; a change counts at once here, and a little later elsewhere', async () => {
  const { store } = await temporaryStore();
  let reads = 0;
  let now = Date.now();
  const counting = faulty(store, { list: (...given) => ((reads += 1), store.list(...given)) });
  const open = () => createWebhooks({ store: counting, sealer, health: createWebhookHealth(store), clock: () => now });
  const [here, elsewhere] = [open(), open()];
  const idsOf = async (webhooks: typeof here) => (await webhooks.listening('WORKFLOW.COMPLETED')).map(({ id }) => id);
  expect(await idsOf(elsewhere)).toEqual([]);
  await here.create({ id: 'one', url, events: ['WORKFLOW.COMPLETED'] }, 'ann');
  expect(await idsOf(here)).toEqual(['one']);
  reads = 0;
  expect(await Promise.all([idsOf(here), idsOf(here), idsOf(elsewhere)])).toEqual([['one'], ['one'], []]);
  expect(reads).toBe(0);
  now += LISTED_FOR;
  expect(await idsOf(elsewhere)).toEqual(['one']);
  await here.disable('one', 'ann');
  expect(await idsOf(here)).toEqual([]);
});

it('one that is limited to workflows is told of their executions alone', async () => {
  const { store } = await temporaryStore();
  const webhooks = createWebhooks({ store, sealer, health: createWebhookHealth(store) });
  await webhooks.create({ id: 'all', url, events: ['APPROVAL.REQUESTED'] }, 'ann');
  await webhooks.create({ id: 'leads', url, events: ['APPROVAL.REQUESTED'], workflows: ['leads'] }, 'ann');
  const told: string[] = [];
  const tell = tellWebhooks({
    ...{ webhooks, deliveries: createDeliveries(store), validator: createEventValidator() },
    startDelivery: async ({ webhook_id, event_id }) => (told.push(`${event_id} ${webhook_id}`), 'started'),
    isOwn: async () => true,
    definitionOf: async ({ subject }: Envelope) => ({ 'X-1': 'leads', 'X-2': 'bills' })[subject?.id ?? ''],
  });
  for (const id of ['X-1', 'X-2', 'J-1']) {
    const event = {
      ...{ event_id: `e-${id}`, event_type: 'APPROVAL.REQUESTED', schema_version: 1, source: 'awe.definition' },
      ...{ occurred_at: new Date().toISOString(), correlation_id: 'c', seq: 1 },
      subject: { kind: 'execution', id },
      payload: {
        ...{ run: 'awe.definition.x', approval_id: 'ask', question: 'Yes?', choices: ['approve', 'reject'] },
        ...{ digest: `sha256:${'0'.repeat(64)}`, expires_at: new Date(Date.now() + 60_000).toISOString() },
      },
    };
    await tell({ id: `1-${id}`, raw: Buffer.from(JSON.stringify(event)) } as never);
  }
  expect(told).toEqual(['e-X-1 all', 'e-X-1 leads', 'e-X-2 all', 'e-J-1 all']);
});
