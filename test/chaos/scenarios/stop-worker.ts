import { waitForRecords, runProject, waitForMirror, runUndisturbed, request, verify } from '../audits';
import { sleep, type Scenario } from '../scenario';

/** A worker freezes in the middle of its work, another one does the work, and then the first one wakes up. */
export const stopWorker: Scenario = {
  name: 'SIGSTOP of a worker, then CONT',
  fact: '2',
  async run(stack, { chance, short, say }) {
    const { headlines, milliseconds } = await runUndisturbed(stack);
    const seconds = short ? 15 : 90;
    const ids: string[] = [];
    for (let i = 0; i < (short ? 3 : 10); i++) {
      ids.push((await request(stack, `S${i}`)).workflow_id);
      await sleep(chance.integer(0, milliseconds / 2));
    }
    stack.signal('worker', 'SIGSTOP');
    const stopped = Date.now();
    await stack.up('worker', 0, 'worker-2');
    await sleep(Math.max(0, stopped + seconds * 1_000 - Date.now()));
    const before = await waitForRecords(stack, ids, 60_000);
    say(`${before.length} of ${ids.length} runs ended while the worker stood still for ${seconds} s`);
    stack.signal('worker', 'SIGCONT');
    await sleep(3_000);
    const later = await runProject(stack, 'after');
    const records = [...(await waitForRecords(stack, ids, 60_000)), later];
    await waitForMirror(stack, records, 30_000);
    const { counts, problems } = await verify(stack, [...ids, later.workflow_id], records, headlines);
    const changed = before.filter((record) => {
      const now = records.find(({ workflow_id }) => workflow_id === record.workflow_id);
      return JSON.stringify(now) !== JSON.stringify(record);
    });
    if (changed.length > 0) problems.push(`${changed.length} records changed when the worker woke up`);
    if (!stack.isUp('worker')) problems.push('the worker that woke up has died');
    return { counts: { stood_still_s: seconds, ended_meanwhile: before.length, ...counts }, problems };
  },
};
