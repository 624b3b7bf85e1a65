import type { Case } from '../corpus/golden';
import { casesOf, type Trait } from '../corpus/trait';
import { catalogueTraits } from './catalogues';
import { codeTraits } from './codes';
import { competingTraits } from './competing';
import { damagedTraits } from './damaged';
import { dateTraits } from './dates';
import { fileTraits } from './files';
import { formulaTraits } from './formulas';
import { headerTraits } from './headers';
import { layoutTraits } from './layouts';
import { matrixTraits } from './matrices';
import { nothingTraits } from './nothing';
import { numberTraits } from './numbers';
import { quantityTraits } from './quantities';
import { sheetTraits } from './sheets';
import { sumTraits } from './sums';
import { unitTraits } from './units';

export const traits: Trait[] = [
  ...headerTraits,
  ...catalogueTraits,
  ...matrixTraits,
  ...layoutTraits,
  ...sheetTraits,
  ...competingTraits,
  ...codeTraits,
  ...damagedTraits,
  ...numberTraits,
  ...unitTraits,
  ...formulaTraits,
  ...sumTraits,
  ...quantityTraits,
  ...dateTraits,
  ...nothingTraits,
  ...fileTraits,
];

/** All workbooks of a seed, or those of the named traits. */
export function corpus(seed: number, only: string[] = []): Case[] {
  return traits.filter(({ name }) => only.length === 0 || only.includes(name)).flatMap((trait) => casesOf(trait, seed));
}
