import type { Chance } from './chance';
import type { Language } from './headers';

/** One position of an order as meant by the customer. Money is in cents, so that sums are exact. */
export interface Item {
  reference: string;
  ean: string;
  description: string;
  quantity: number;
  unit: Unit;
  cents: number;
  /** percent */
  discount: number;
  date: string;
}

export type Unit = keyof typeof unitWords;

/** Spellings of units, by the code of the contract. */
export const unitWords = {
  pcs: ['pcs', 'pc', 'pièce', 'pce', 'ea', 'Stk', 'Stück', 'adet', '个', 'each', 'pieces', 'pza', '個'],
  box: ['box', 'boîte', 'Boxes', 'caja', 'kutu', '盒', '箱'],
  carton: ['carton', 'ctn', 'cartons', 'Karton'],
  pack: ['pack', 'paquet', 'pkt', 'packs'],
  pallet: ['pallet', 'palette', 'Palette'],
  kg: ['kg', 'KG', 'kilo'],
  g: ['g', 'gr'],
  l: ['l', 'L', 'litre', 'Liter'],
  m: ['m', 'mètre', 'meter'],
  set: ['set', 'jeu', 'Satz'],
  pair: ['pair', 'paire', 'Paar'],
  roll: ['roll', 'rouleau', 'Rolle'],
  dozen: ['dozen', 'douzaine', 'dz'],
  bottle: ['bottle', 'bouteille', 'Flasche'],
  bag: ['bag', 'sac', 'Beutel'],
};

const words: Record<Language, [nouns: string[], kinds: string[]]> = {
  en: [
    [
      'pen',
      'notebook',
      'stapler',
      'folder',
      'desk lamp',
      'marker',
      'envelope',
      'tape',
      'scissors',
      'calendar',
      'mug',
      'eraser',
    ],
    ['Blue', 'Recycled', 'Large', 'Heavy-duty', 'Classic', 'Oak', 'Matte', 'Soft', 'Travel', 'Premium'],
  ],
  fr: [
    ['Stylo bille', 'Cahier', 'Agrafeuse', 'Classeur', 'Lampe', 'Marqueur', 'Enveloppe', 'Ruban', 'Ciseaux', 'Chemise'],
    ['bleu', 'recyclé', 'grand format', 'à levier', 'classique', 'en chêne', 'mat', 'souple', 'de voyage', 'renforcé'],
  ],
  de: [
    ['Kugelschreiber', 'Notizbuch', 'Hefter', 'Ordner', 'Leuchte', 'Marker', 'Umschlag', 'Klebeband', 'Schere'],
    ['blau', 'recycelt', 'groß', 'schwer', 'klassisch', 'Eiche', 'matt', 'weich'],
  ],
  tr: [
    ['Kalem', 'Defter', 'Zımba', 'Klasör', 'Lamba', 'Zarf', 'Bant', 'Makas'],
    ['mavi', 'büyük boy', 'ağır', 'klasik', 'mat', 'yumuşak'],
  ],
  es: [
    ['Bolígrafo', 'Cuaderno', 'Grapadora', 'Carpeta', 'Lámpara', 'Sobre', 'Cinta', 'Tijeras'],
    ['azul', 'reciclado', 'grande', 'clásico', 'de roble', 'mate', 'suave'],
  ],
  it: [
    ['Penna', 'Quaderno', 'Cucitrice', 'Cartella', 'Lampada', 'Busta', 'Nastro', 'Forbici'],
    ['blu', 'riciclato', 'grande', 'classico', 'in rovere', 'opaco', 'morbido'],
  ],
  zh: [
    ['圆珠笔', '笔记本', '订书机', '文件夹', '台灯', '信封', '胶带', '剪刀'],
    ['蓝色', '环保', '大号', '经典', '橡木', '哑光'],
  ],
  ja: [
    ['ボールペン', 'ノート', 'ホチキス', 'フォルダー', 'ランプ', '封筒', 'テープ', 'はさみ'],
    ['青', '再生紙', '大', '定番', 'オーク', 'マット'],
  ],
};

const sizes = [
  'A4',
  'A5',
  '250 ml',
  '0.7 mm',
  '12 x 30 cm',
  'no. 5',
  '80 g/m²',
  '24/6',
  'XL',
  '2.0',
  'type C',
  '1/2"',
  '100% cotton',
  '"Nova"',
];

export function description(chance: Chance, language: Language): string {
  const [nouns, kinds] = words[language];
  const noun = chance.pick(nouns);
  const kind = chance.pick(kinds);
  const name =
    language === 'en'
      ? `${kind} ${noun}`
      : language === 'zh' || language === 'ja'
        ? `${kind}${noun}`
        : `${noun} ${kind}`;
  return chance.yes(0.6) ? `${name} ${chance.pick(sizes)}` : name;
}

/** An EAN-13 (an ISBN if it begins with 978) with the right check digit. */
export function ean13(chance: Chance, begin = chance.pick(['978', '400', '301', '869', '690'])): string {
  const twelve = begin + chance.digits(12 - begin.length);
  const sum = [...twelve].reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${twelve}${(10 - (sum % 10)) % 10}`;
}

/** Items with different references, in one of the patterns that firms use. */
export function items(chance: Chance, count: number, language: Language = 'en'): Item[] {
  const letters = chance.letters(2);
  const begin = chance.int(1_000, 8_000);
  const pattern = chance.pick<(n: number) => string>([
    (n) => `${letters}-${begin + n}`,
    (n) => `${letters}${chance.letters(1)}-${chance.digits(2)}-${begin + n}`,
    (n) => `${begin + n}.${chance.digits(2)}`.replace('.', '/'),
    (n) => `${letters}${begin * 10 + n}`,
    (n) => `${begin + n}-${chance.letters(2)}`,
  ]);
  let at = 0;
  return Array.from({ length: count }, () => ({
    reference: pattern((at += chance.int(1, 7))),
    ean: ean13(chance),
    description: description(chance, language),
    quantity: chance.int(1, 60),
    unit: 'pcs' as const,
    cents: chance.int(15, 9_900) * 5,
    discount: 0,
    date: day(chance),
  }));
}

/** A day of 2027, at most the 28th of its month. */
export const day = (chance: Chance) =>
  `2027-${String(chance.int(1, 12)).padStart(2, '0')}-${String(chance.int(1, 28)).padStart(2, '0')}`;

export const amountCents = ({ quantity, cents, discount }: Item) =>
  Math.round((quantity * cents * (100 - discount)) / 100);

/** A whole number with `places` decimals as the contract writes it: 1250, 2 gives `12.5`. */
export function decimal(whole: number, places = 2): string {
  const digits = String(Math.abs(whole)).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`.replace(/\.?0+$/, '');
  return whole < 0 ? `-${text}` : text;
}

export type Style = 'plain' | 'en' | 'fr' | 'fr-narrow' | 'de' | 'swiss' | 'comma';

/** Money as text: `1 234,50`, `1,234.50`, `1'234.50`. */
export function written(cents: number, style: Style): string {
  const [group, point] = {
    plain: ['', '.'],
    comma: ['', ','],
    en: [',', '.'],
    fr: ['\u00a0', ','],
    'fr-narrow': ['\u202f', ','],
    de: ['.', ','],
    swiss: ["'", '.'],
  }[style] as [string, string];
  const whole = String(Math.floor(cents / 100)).replaceAll(/\B(?=(\d{3})+$)/g, group);
  return `${whole}${point}${String(cents % 100).padStart(2, '0')}`;
}
