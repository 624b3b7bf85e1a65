/** Definitions that are made to hang or crash: each is refused with words and a place. `make bench` measures how fast. */
import { malformed } from '../../../bench/definitions/malformed';
import type { DefinitionFault } from '../../../schemas/definition/definition';
import { checkDefinition } from '../../../src/definition/check';
import { readYaml } from '../../../src/definition/yaml';
import { catalogue } from './support';

/** Its faults; those of a text as the API finds them. */
function faultsOf({ value, text }: (typeof malformed)[number]): DefinitionFault[] {
  const read = text && readYaml(text());
  if (read && read.faults.length > 0) return read.faults;
  const checked = checkDefinition(read ? read.value : value?.(), catalogue);
  return 'faults' in checked ? checked.faults : [];
}

it.each(malformed.map((one): [string, (typeof malformed)[number]] => [one.what, one]))('refuses %s', (_, one) => {
  const faults = faultsOf(one);
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.length).toBeLessThanOrEqual(200);
  for (const { pointer, code, message } of faults) {
    expect(pointer).toMatch(/^(\/|$)/);
    expect(code).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(message.length).toBeGreaterThan(5);
    expect(JSON.stringify({ pointer, message }).length).toBeLessThan(5_000);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
});
