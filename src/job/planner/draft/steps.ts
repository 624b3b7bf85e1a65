import { references } from '../../../../core/plan/expressions';
import type { JsonObject } from '../../../../schemas/json';
import type { Step } from '../../../../schemas/plan';
import { slug } from '../text/fold';

/** A step of a plan as the rules write it. */
export type PlannedStep = Step;

/** Steps in the order in which they were added, and what each waits for. */
export class Steps {
  readonly all: PlannedStep[] = [];

  /** An id that is free: the wish, or the wish with a number. */
  idFor(wish: string): string {
    const base = slug(wish).replace(/^(?=\d)/, '_') || 'step';
    for (let count = 1; ; count++) {
      const id = count === 1 ? base : `${base}_${count}`;
      if (!this.all.some((step) => step.id === id)) return id;
    }
  }

  get(id: string): PlannedStep | undefined {
    return this.all.find((step) => step.id === id);
  }

  add(step: PlannedStep): PlannedStep {
    this.all.push(step);
    return step;
  }

  remove(id: string): void {
    this.all.splice(
      this.all.findIndex((step) => step.id === id),
      1,
    );
  }

  /** Ids that a step waits for, by its expressions and by declaration. */
  needsOf({ with: args, depends_on, when, until, approval, for_each }: PlannedStep): string[] {
    const texts: JsonObject = {
      with: args ?? {},
      when: when === undefined ? '' : `\${{ ${when} }}`,
      until: until?.with ?? {},
      for_each: for_each ?? '',
      approval: approval ?? {},
    };
    const named = references(texts).flatMap(({ root, path }) => (root === 'steps' ? [String(path[0])] : []));
    return [...new Set([...(depends_on ?? []), ...named])];
  }

  /** True if a step comes after another one in any case. */
  follows(step: PlannedStep, id: string): boolean {
    const seen = new Set<string>();
    const open = this.needsOf(step);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === id) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      const found = this.get(next);
      if (found) open.push(...this.needsOf(found));
    }
    return false;
  }

  /** Steps that no other one waits for. */
  leaves(): PlannedStep[] {
    const needed = new Set(this.all.flatMap((step) => this.needsOf(step)));
    return this.all.filter(({ id }) => !needed.has(id));
  }

  /** Has a step wait for another one, unless it does so already. */
  order(step: PlannedStep, id: string): void {
    if (step.id === id || this.follows(step, id)) return;
    step.depends_on = [...(step.depends_on ?? []), id];
  }
}
