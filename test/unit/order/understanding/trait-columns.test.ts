/** Columns beside the names of goods that say of what kind they are, whatever their headings. */
import { codes, column, read, type Written } from './book';

const order = (heads: Written[], texts: Written[]) =>
  read([heads, ...texts.map((text, at) => [3 + at, `Article ${'abcdef'.charAt(at)} of them`, text])]);

describe('a column beside the names', () => {
  it.each<[string, Written[], Written[]]>([
    ['materials', ['Cant.', 'Concepto', 'Material'], ['aluminio', 'vinilo', 'aluminio', 'composite']],
    ['materials in French', ['Qté', 'Désignation', 'Matière X'], ['coton', 'lin', 'coton']],
    ['grinds', ['Qty', 'Product', 'Grind'], ['beans', 'filter', 'beans', 'beans']],
    [
      'qualities of trees',
      ['Stück', 'Bezeichnung', 'Qualität'],
      ['H 3xv mDb 16-18', 'vStr 60-100, 4 Tr.', 'vStr 100-150'],
    ],
    ['makes with figures', ['Aantal', 'Omschrijving', 'Kwaliteit'], ['klasse 1', 'klasse 2', 'klasse 1']],
    ['thicknesses', ['Ilość', 'Nazwa', 'Zeta'], ['grub. 5 mm', 'grub. 8 mm', 'grub. 10 mm']],
  ])('of words written small or with figures is their variant, and told: %s', (_, heads, texts) => {
    const reading = order(heads, texts);
    expect(column(reading, 'variant')).toEqual(texts);
    expect(column(reading, 'reference').filter(Boolean)).toEqual([]);
    expect(codes(reading)).toContain('columns.uncertain');
  });

  it('of models beside references is their variant', () => {
    const reading = read([
      ['Nombre', 'Instrument', 'Modèle', 'Code'],
      [2, 'Davier molaire', '17', 'DV-017'],
      [6, 'Miroir plan', 'sans manche', 'MR-004'],
      [1, 'Détartreur manuel', 'H6/H7', 'DT-H67'],
    ]);
    expect(column(reading, 'variant')).toEqual(['17', 'sans manche', 'H6/H7']);
    expect(column(reading, 'reference')).toEqual(['DV-017', 'MR-004', 'DT-H67']);
  });

  it('may be two side by side', () => {
    const reading = read([
      ['Coffee', 'Bag', 'Grind', 'Bags', 'Price', 'Total'],
      ['House blend', '1 kg', 'beans', 20, 27.5, 550],
      ['Decaf Swiss', '1 kg', 'beans', 4, 31, 124],
      ['Ethiopia Guji', '250 g', 'filter', 24, 10.5, 252],
    ]);
    expect(column(reading, 'variant')).toEqual(['1 kg / beans', '1 kg / beans', '250 g / filter']);
  });

  it.each<[string, Written[]]>([
    ['codes', ['LV0032', 'LV0040', 'LV0115']],
    ['names of people', ['Dubois', 'Peeters', 'Dubois']],
    ['yes and no', ['oui', 'non', 'oui']],
    ['what a pack contains', ['6 x 1 kg', '12 x 1 L', '6 x 1 kg']],
    ['remarks', ['please call first', 'or the blue ones?', 'please call first']],
  ])('is no variant where it holds %s', (_, texts) => {
    expect(column(order(['Qty', 'Product', 'Zeta'], texts), 'variant').filter(Boolean)).toEqual([]);
  });

  it.each<[string, Written[]]>([
    ['Confezione', ['100 pz', '453 g', '1 pz']],
    ['Conditionnement', ['50 pcs', '1 kg', '250 g']],
    ['Envase', ['5 kg', '1 ud', '100 uds']],
    ['Packung', ['50 Stk', '1 Stk', '20 Set']],
    ['Verpakking', ['100 st', '1 kg', '5 stuks']],
    ['Opakowanie', ['10 szt', '1 kg', '5 szt']],
  ])('of packs with their content is their variant: %s', (heading, texts) => {
    const reading = read([
      ['Ref', 'Article', heading, 'Qty'],
      ...texts.map((text, at) => [`A-${at + 1}`, `Thing ${at}`, text, at + 2]),
    ]);
    expect(column(reading, 'variant')).toEqual(texts);
    expect(codes(reading)).not.toContain('line.variant_damaged');
  });
});
