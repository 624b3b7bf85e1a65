import type { Words } from './headings/words';
import { facts } from './headings/facts';
import { further } from './headings/further';
import { money } from './headings/money';
import { names } from './headings/names';
import { quantities } from './headings/quantities';

/** Meanings of a heading: the roles of an order's columns, and meanings easily mistaken for one. */
export type Sense =
  | 'reference'
  | 'ean'
  | 'description'
  | 'variant'
  | 'destination'
  | 'quantity'
  | 'ordered'
  | 'total_quantity'
  | 'unit'
  | 'unit_price'
  | 'price_gross'
  | 'list_price'
  | 'discount_percent'
  | 'discount_amount'
  | 'amount'
  | 'amount_gross'
  | 'delivery_date'
  | 'note'
  | 'line_number'
  | 'tax'
  | 'other_quantity'
  /** number of an order, which is no line's and no product's */
  | 'order_number'
  /** who ordered, by name */
  | 'customer'
  | 'currency'
  | 'status'
  /** a heading that only says money: `€ HT` */
  | 'money'
  | 'other';

/** Words by what they mean; a word with several meanings has them in this order. `ordered` is a quantity called an order. */
export const headings: Record<Sense, Words> = withFurther({ ...names, ...quantities, ...money, ...facts });

function withFurther(known: Record<Sense, Words>): Record<Sense, Words> {
  const all = { ...known };
  for (const [language, senses] of Object.entries(further))
    for (const [sense, words] of Object.entries(senses))
      all[sense as Sense] = { ...all[sense as Sense], [language]: words };
  return all;
}
