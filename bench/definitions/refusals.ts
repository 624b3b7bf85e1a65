/** Time in which malformed definitions are refused. */
import { builtinTools } from '../../activities/tools/builtin';
import { createToolRegistry } from '../../activities/tools/registry';
import { createCatalogue } from '../../core/plan/catalogue';
import { checkDefinition } from '../../src/definition/check';
import { readYaml } from '../../src/definition/yaml';
import { malformed, type Malformed } from './malformed';

/** Times that each is refused; the best counts. */
const TIMES = 5;

/** Milliseconds of the processor that the slowest refusal takes, and what was refused. */
export function measureRefusals(): { what: string; ms: number } {
  const catalogue = createCatalogue(createToolRegistry(builtinTools).catalogue('tool'), []);
  const check = (value: unknown): boolean => 'faults' in checkDefinition(value, catalogue);
  const refusal = ({ value, text }: Malformed): (() => boolean) => {
    if (!text) {
      const made = value?.();
      return () => check(made);
    }
    const written = text();
    return () => {
      const read = readYaml(written);
      return read.faults.length > 0 || check(read.value);
    };
  };
  const slowest = { what: '', ms: 0 };
  for (const one of malformed) {
    const refuse = refusal(one);
    const times = Array.from({ length: TIMES }, () => {
      const began = process.cpuUsage();
      if (!refuse()) throw new Error(`${one.what} was not refused`);
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1_000;
    });
    const ms = Math.min(...times);
    if (ms > slowest.ms) Object.assign(slowest, { what: one.what, ms });
  }
  return slowest;
}
