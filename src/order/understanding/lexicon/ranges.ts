import { isMeasure, unitCode } from '../units';

/** `1-5 cartons`, `> 20`, `ab 100 Stück`: a step of a tariff, under which stand prices. */
const RANGE =
  /^(?:[<>≤≥]=?|ab|dès|des|from|over|up to|under|da|oltre|fino a|desde|más de|hasta|vanaf|tot|boven|a partir d[eu]|à partir d[eu]|de|jusqu['’]à|plus de|bis|über|até|mais de|od|do|ponad|powyżej)?\s*\d{1,5}(?:\s*(?:-|–|à|a|to|bis|tot|até|do)\s*\d{1,5})?\s*(\+|et plus|und mehr|and more|or more|e più|y más|en meer|e mais|i więcej)?\s*(?!et |und |and |or |e |y |en |i )(\p{L}[\p{L}.]*)?\s*(et plus|und mehr|and more|or more|e più|y más|en meer|e mais|i więcej)?$/iu;

/** Whether a heading is a range of quantities, by a unit beside it or an open end; a bare `36-38` may be a size. */
export function isRange(text: string): boolean {
  const [all, more, unit, open = more] = RANGE.exec(text.trim()) ?? [];
  if (all === undefined) return false;
  const bounded = /\d\s*(?:-|–|à|a|to|bis|tot|até|do)\s*\d/iu.test(all);
  const begun = /^[^\d\s]/u.test(all);
  const counted = unit !== undefined && unitCode(unit) !== undefined && !isMeasure(unitCode(unit) ?? '');
  return open !== undefined || (begun && (counted || /^[<>≤≥]/.test(all))) || (bounded && counted);
}
