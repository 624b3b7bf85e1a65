/** Goods for the examples: made up, and always the same. */
const nouns = ['Notebook', 'Ballpoint pen', 'Desk lamp', 'Ring binder', 'Stapler', 'Marker', 'Envelope', 'Adhesive tape'];
const kinds = ['blue', 'black', 'red', 'green', 'grey', 'white', 'recycled', 'matte', 'large', 'small'];
const formats = ['A4', 'A5', 'pack of 10', '80 g', 'with refill'];

export interface Good {
  reference: string;
  description: string;
  /** in cents */
  price: number;
}

/** The n-th good of the catalogue, from 0; every reference is different. */
export const good = (n: number): Good => ({
  reference: `OF-${String(1_001 + n)}`,
  description: `${nouns[n % nouns.length]} ${kinds[Math.floor(n / 8) % kinds.length]}, ${formats[Math.floor(n / 80) % formats.length]}`,
  price: 95 + ((n * 137) % 4_800),
});

/** The lines of the catalogue form that are filled in, and their quantities. */
export const filledIn = new Map([
  [17, 24],
  [404, 6],
  [873, 120],
  [1_250, 12],
  [1_977, 2],
]);
