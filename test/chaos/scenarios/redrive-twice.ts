import { outcomeOf, startRedrive, verifyRedriven, writeLetters } from '../letters';
import type { Scenario } from '../scenario';

/** Two operators put the same dead letters back at once. */
export const redriveTwice: Scenario = {
  name: 'redrive of the same dead letters twice at once',
  fact: '9',
  roles: ['api', 'worker'],
  async run(stack, { short }) {
    const letters = short ? 200 : 1_000;
    await writeLetters(stack, letters);
    const ids = await Promise.all([1, 2].map((n) => startRedrive(stack, `redrive-${n}`)));
    const operations = await Promise.all(ids.map((id) => outcomeOf(stack, id)));
    return await verifyRedriven(stack, letters, operations);
  },
};
