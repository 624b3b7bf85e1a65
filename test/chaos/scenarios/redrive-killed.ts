import { outcomeOf, startRedrive, verifyRedriven, writeLetters } from '../letters';
import { waitUntil, sleep, type Scenario } from '../scenario';

/** The worker dies in the middle of a redrive, again and again. */
export const redriveKilled: Scenario = {
  name: 'kill -9 of the worker in the middle of a redrive',
  fact: '9',
  roles: ['api', 'worker'],
  async run(stack, { chance, short, say }) {
    const [letters, kills] = short ? [200, 1] : [1_000, 5];
    await writeLetters(stack, letters);
    const operation = await startRedrive(stack, 'redrive');
    const left = () => stack.redis.xlen(stack.keys.dlq);
    let hits = 0;
    for (let kill = 1; kill <= kills; kill++) {
      // the kills are spread over the letters, each at a different moment of a turn
      const share = Math.round(letters - (letters * kill) / (kills + 1));
      await waitUntil(async () => (await left()) <= share, 60_000, 5);
      await sleep(chance.integer(0, 60));
      await stack.kill('worker');
      const remaining = await left();
      if (remaining > 0 && remaining < letters) hits += 1;
      say(`killed with ${remaining} of ${letters} letters left`);
      await stack.up('worker');
    }
    const { counts, problems } = await verifyRedriven(stack, letters, [await outcomeOf(stack, operation)]);
    if (hits < kills) problems.push(`${kills - hits} of ${kills} kills did not hit the middle of the redrive`);
    return { counts: { kills, ...counts }, problems };
  },
};
