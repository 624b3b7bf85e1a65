import { codes, column, read, type Written } from './book';

const rows = (
  position: string,
  code: string,
  numbers: (string | number)[],
  notes: (string | null)[] = [],
): Written[][] => [
  [position, code, 'Artikel', 'Aantal', 'Opmerking'],
  ...numbers.map((number, at): Written[] => [number, `00${41250 + at}`, `Handschoen ${at}`, at + 3, notes[at] ?? null]),
];

describe('numbers of lines beside codes', () => {
  it.each([
    ['Pos', 'Ref. lev.', [1, 2, 3, 4]],
    ['Nr', 'Zq', ['1', '2', '2b', '3', '4']],
    ['Pos.', 'Lief.-Art.-Nr.', ['1', '2', '3', '3a', '4']],
    ['N°', 'Réf. four.', ['1.', '2.', '3.', '4.']],
  ])('are no references, with letters of alternatives either: %s', (position, code, numbers) => {
    expect(column(read(rows(position, code, numbers)), 'reference')).toEqual(numbers.map((_, at) => `00${41250 + at}`));
  });
});

describe('an alternative to a line', () => {
  it.each([
    'alleen indien pos. 2 niet leverbaar',
    'only if 2 is out of stock',
    'nur falls 2 fehlt',
    'solo se manca il 2',
  ])('is left out, and asked about: %s', (note) => {
    const reading = read(rows('Pos', 'Ref', ['1', '2', '2b', '3'], [null, null, note]));
    expect(column(reading, 'reference')).toEqual(['0041250', '0041251', '0041253']);
    const found = reading.anomalies.find(({ code }) => code === 'rows.left_out');
    expect([found?.severity, found?.evidence[0]?.cell]).toEqual(['blocking', 'A4:E4']);
  });

  it('is a line where nothing makes it depend on the other', () => {
    const reading = read(rows('Pos', 'Ref', ['1', '2', '2b', '3']));
    expect(column(reading, 'reference')).toHaveLength(4);
    expect(codes(reading)).toEqual([]);
  });
});
