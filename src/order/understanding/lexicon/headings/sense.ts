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
