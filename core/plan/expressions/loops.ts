import type { ExpressionError } from './errors';
import { fail } from './errors';
import { isArray, keysOf } from './natives';
import { absorb, truth, type Frame, type Evaluation } from './runtime';
import type { Node } from './syntax';
import { isMap, kindOf, type Value } from './values';

type Loop = Node & { kind: 'loop' };

/**
 * Runs `all exists exists_one map filter` over the elements of a list or the keys of a map and counts every round. As
 * in CEL, an error in one round of `all` or `exists` is dropped when another round decides.
 */
export function runLoop(loop: Loop, run: Evaluation, outer: Frame | undefined): Value {
  const items = itemsOf(run.evaluate(loop.over, run, outer), loop, run);
  const frame: Frame = { name: loop.name, value: null, outer };
  const rounds = (): Iterable<Frame> => countRounds(items, frame, run);
  switch (loop.loop) {
    case 'all':
      return quantify(loop, run, rounds(), false);
    case 'exists':
      return quantify(loop, run, rounds(), true);
    case 'exists_one': {
      let found = 0;
      for (const round of rounds()) if (passes(loop, run, round)) found++;
      return found === 1;
    }
    case 'filter':
    case 'map': {
      const kept: Value[] = [];
      for (const round of rounds()) {
        if (passes(loop, run, round)) kept.push(loop.body ? run.evaluate(loop.body, run, round) : round.value);
      }
      return kept;
    }
  }
}

function* countRounds(items: Value[], frame: Frame, run: Evaluation): Generator<Frame> {
  for (const item of items) {
    run.budget.spend(1);
    frame.value = item;
    yield frame;
  }
}

function passes(loop: Loop, run: Evaluation, round: Frame): boolean {
  return loop.test === undefined || truth(loop.test, run, round);
}

/** Decides `all` or `exists`; stops at the first round that decides. */
function quantify(loop: Loop, run: Evaluation, rounds: Iterable<Frame>, decisive: boolean): boolean {
  let held: ExpressionError | undefined;
  for (const round of rounds) {
    try {
      if (passes(loop, run, round) === decisive) return decisive;
    } catch (error) {
      const absorbed = absorb(error, run);
      held ??= absorbed;
    }
  }
  if (held) throw held;
  return !decisive;
}

function itemsOf(over: Value, loop: Loop, run: Evaluation): Value[] {
  if (isArray(over)) return over;
  run.at = loop;
  if (isMap(over)) {
    const keys = keysOf(over);
    run.budget.spend(keys.length * 2);
    return keys;
  }
  throw fail(
    'expression.type',
    `${loop.loop}() cannot go through ${kindOf(over)}`,
    'It takes a list, or a map for its keys',
  );
}
