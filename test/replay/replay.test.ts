/** Every stored history replays the same on today's workflows as on those that wrote it. See README.md here. */
import { pino } from 'pino';
import { workflowBundle } from '../setup/servers';
import { historyNames, isWritten, readHistory, replay } from '../support/histories';
import { installRuntime } from '../../workers/runtime';
import { scenarios } from './scenarios';

const names = historyNames();

beforeAll(() => installRuntime(pino({ level: 'silent' })));

const faults = (histories: Parameters<typeof replay>[1]) => replay(workflowBundle(), histories);

const remedy = `
Runs that are under way would hang at the next deployment, for they go on from histories such as these.
Guard the change with patched() from @temporalio/workflow, so that old histories take the old way, and give the new way
a history of its own: test/replay/README.md says how.`;

it('every committed history replays', async () => {
  const found = await faults(names.map((name) => ({ name, history: readHistory(name) })));
  if (found.length > 0)
    throw new Error(`${found.length} of ${names.length} histories do not replay:\n${found.join('\n')}\n${remedy}`);
});

it('every scenario has a history', () => {
  const missing = Object.keys(scenarios).filter((name) => !isWritten(name, names));
  if (missing.length > 0) throw new Error(`no history of ${missing.join(', ')}: write them with "npm run histories"`);
});

it('a history that the code does not lead to is noticed, and named', async () => {
  const history = readHistory('run.steps');
  const scheduled = history.events!.find((event) => event.activityTaskScheduledEventAttributes)!;
  scheduled.activityTaskScheduledEventAttributes!.activityType!.name = 'somethingElse';
  expect(await faults([{ name: 'run.steps', history }])).toEqual([
    expect.stringMatching(/^run\.steps: .*nondeterminism/i),
  ]);
});
