import { startTimedStack, type TimedStack } from '../../support/time';
let stack: TimedStack;
beforeAll(async () => (stack = await startTimedStack()));
it('x', async () => {
  process.stderr.write('up\n');
  const orig = (stack.client.connection as any).client?.makeUnaryRequest;
  const p = stack.audit();
  const t = setTimeout(() => process.stderr.write('start hangs\n'), 3000);
  const h = await p; clearTimeout(t);
  process.stderr.write('started\n');
  await new Promise(r => setTimeout(r, 1500));
  const hist = await h.fetchHistory();
  process.stderr.write(JSON.stringify(hist.events?.map(e => [e.eventType, e.workflowTaskFailedEventAttributes?.failure?.message])) + '\n');
  process.stderr.write(JSON.stringify(await h.query('status')).slice(0, 300) + '\n');
}, 15000);
