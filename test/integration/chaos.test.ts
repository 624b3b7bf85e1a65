import { chanceOf, play } from '../chaos/scenario';
import { scenarios } from '../chaos/scenarios';
import { ChaosStack } from '../chaos/stack';
import { servers, uniqueNamespace } from '../setup/servers';

jest.setTimeout(180_000);

/** The long ones are for `make chaos`. */
const SHORT_ENOUGH = ['1', '3', '6', '8', '9'];

const seed = Number(process.env['AWE_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const say = (line: string) => process.stderr.write(`    ${line}\n`);

beforeAll(() => say(`chaos: AWE_TEST_SEED=${seed}`));

describe('what must hold, in short form, on real processes from dist/', () => {
  it.each(
    scenarios
      .filter(({ fact }) => SHORT_ENOUGH.includes(fact))
      .map((scenario) => [scenario.fact, scenario.name, scenario] as const),
  )('%s. %s', async (_fact, _name, scenario) => {
    const programs = {
      temporal: servers().temporalBinary,
      redis: { kind: 'program' as const, path: servers().redisBinary },
    };
    const start: Parameters<typeof play>[1] = (roles) =>
      ChaosStack.start({ programs, runDir: servers().runDir, name: uniqueNamespace('chaos'), roles });
    const chance = chanceOf(seed + Number(scenario.fact));
    const { counts, problems } = await play(scenario, start, { chance, short: true, say });
    say(`${scenario.fact}. ${JSON.stringify(counts)}`);
    expect(problems).toEqual([]);
  });
});
