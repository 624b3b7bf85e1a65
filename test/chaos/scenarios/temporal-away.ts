import type { RequestAccepted } from '../../../schemas/audit/api';
import { waitForRecords, waitForMirror, post, runUndisturbed, request, verify, workContext } from '../audits';
import { sleep, type Scenario } from '../scenario';

/** Temporal is away for a minute; callers meanwhile are told to try again later, and do. */
export const temporalAway: Scenario = {
  name: 'Temporal down',
  fact: '7',
  async run(stack, { short, chance }) {
    const { headlines, milliseconds } = await runUndisturbed(stack);
    const seconds = short ? 10 : 60;
    const problems: string[] = [];
    const ids: string[] = [];
    for (let i = 0; i < (short ? 3 : 10); i++) ids.push((await request(stack, `T${i}`)).workflow_id);
    await sleep(chance.integer(0, milliseconds));
    await stack.kill('temporal');
    const away = Date.now();
    const waiting: { project: string; body: object }[] = [];
    let [told, untold] = [0, 0];
    for (let i = 0; Date.now() - away < seconds * 1_000; i++) {
      const project = `W${i % 10}`;
      const body = { project_id: project, request_text: 'full audit', work_context: workContext };
      if (i < 10) waiting.push({ project, body });
      const { status, retryAfter, milliseconds: took } = await post(stack, '/initial-request', body, `key-${project}`);
      if (status === 503 && retryAfter !== null) told += 1;
      else untold += 1;
      if (status !== 503) problems.push(`a request got ${status} while Temporal was away`);
      if (took > 10_000) problems.push(`a request took ${took} ms while Temporal was away`);
      await sleep(500);
    }
    if (untold > 0) problems.push(`${untold} requests were not told to try again later`);
    await stack.up('temporal');
    for (const { project, body } of waiting) {
      for (const end = Date.now() + 60_000; ;) {
        const answer = await post(stack, '/initial-request', body, `key-${project}`);
        if (answer.status === 202) {
          ids.push((answer.body as RequestAccepted).workflow_id);
          break;
        }
        if (Date.now() > end) throw new Error(`${project} is not accepted after the return: ${answer.status}`);
        await sleep(500);
      }
    }
    const records = await waitForRecords(stack, ids, 120_000);
    await waitForMirror(stack, records, 60_000);
    const verified = await verify(stack, ids, records, headlines);
    const counts = { away_s: seconds, told_to_retry: told, retried: waiting.length, ...verified.counts };
    return { counts, problems: [...problems, ...verified.problems].slice(0, 20) };
  },
};
