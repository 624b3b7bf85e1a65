import { waitForRecords, waitForMirror, provideRows, runUndisturbed, request, verify } from '../audits';
import { sleep, type Scenario } from '../scenario';

/** The worker dies 20 times, each at a random moment of an audit; half of the audits ask for their rows first. */
export const killWorker: Scenario = {
  name: 'kill -9 of the worker at random moments',
  fact: '1',
  async run(stack, { chance, short, say }) {
    const { headlines, milliseconds } = await runUndisturbed(stack);
    const kills = short ? 3 : 20;
    const ids: string[] = [];
    const answers: Promise<number>[] = [];
    for (let i = 0; i < kills; i++) {
      const project = `K${i}`;
      const asks = i % 2 === 1;
      ids.push((await request(stack, project, !asks)).workflow_id);
      if (asks) answers.push(provideRows(stack, project));
      const moment = chance.integer(0, Math.round(milliseconds * 1.5));
      await sleep(moment);
      await stack.kill('worker');
      say(`killed ${moment} ms after the request of ${project}`);
      await stack.up('worker');
    }
    await Promise.all(answers);
    const records = await waitForRecords(stack, ids, 120_000);
    await waitForMirror(stack, records, 60_000);
    const { counts, problems } = await verify(stack, ids, records, headlines);
    return { counts: { kills, undisturbed_ms: milliseconds, ...counts }, problems };
  },
};
