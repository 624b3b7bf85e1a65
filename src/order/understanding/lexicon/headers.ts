import type { Words } from './headings/words';
import { facts } from './headings/facts';
import { further } from './headings/further';
import { money } from './headings/money';
import { names } from './headings/names';
import { quantities } from './headings/quantities';
import type { Sense } from './headings/sense';

/** Words by what they mean; a word with several meanings has them in this order. `ordered` is a quantity called an order. */
export const headings: Record<Sense, Words> = withFurther({ ...names, ...quantities, ...money, ...facts });

function withFurther(known: Record<Sense, Words>): Record<Sense, Words> {
  const all = { ...known };
  for (const [language, senses] of Object.entries(further))
    for (const [sense, words] of Object.entries(senses))
      all[sense as Sense] = { ...all[sense as Sense], [language]: words };
  return all;
}
