import { createLogger } from '../../../src/logging';
import { createTemporal } from '../../../src/temporal/client';
import { ensureSweeper, sweeperId } from '../../../workers/sweeper';
import { until } from '../../support/until';
import { startBroken } from './support';

it('the sweeper has one schedule however many workers ask, and one run for many passes', async () => {
  const broken = await startBroken();
  const { config, client } = broken.stack;
  const temporal = createTemporal(config);
  const log = createLogger(config, 'test');
  await Promise.all([1, 2, 3].map(() => ensureSweeper(temporal, config.namespace, log)));
  const schedule = client.schedule.getHandle(sweeperId(config.namespace));
  await schedule.trigger();
  const action = async () => (await schedule.describe()).info.recentActions[0]?.action;
  await until(async () => (await action()) !== undefined);
  const { workflow } = (await action())!;
  const handle = client.workflow.getHandle(workflow.workflowId);
  const passes = async () => {
    const { events = [] } = await handle.fetchHistory();
    return events?.filter((event) => event.activityTaskCompletedEventAttributes).length ?? 0;
  };
  await until(async () => (await passes()) === 1);
  // it rests and goes on: passes do not fill the list of runs
  expect((await handle.describe()).status.name).toBe('RUNNING');
  await schedule.trigger();
  await schedule.delete();
  await handle.terminate();
  await temporal.close();
  await broken.end();
});
