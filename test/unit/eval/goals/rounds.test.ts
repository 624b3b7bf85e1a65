import { figuresOf } from '../../../eval/goals/figures';
import { runRound } from '../../../eval/goals/run';

/** The short form of `make eval-goals`: the first round does not get worse. */
test('goals of the first round', () => {
  const { right, valid, planned, silent, needless, refusals } = figuresOf('round1', runRound('round1'));
  expect(right).toBeGreaterThanOrEqual(45);
  expect(planned - valid).toBe(0);
  expect(silent).toBe(0);
  expect(needless).toBeLessThanOrEqual(54);
  expect(refusals.named).toBeGreaterThanOrEqual(20);
  expect(refusals.wrong).toBe(0);
});
