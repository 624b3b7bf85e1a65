/** Texts right below a line, in the column of its name. */
import { codes, column, read } from './book';

const order = (name: string, below: string, long = 'Cable gland M20 with lock nut, polyamide, black') =>
  read([
    ['Code', 'Item', 'Qty', 'Unit'],
    ['A-1001', name, 4, 'pcs'],
    [null, below],
    ['A-1002', long, 2, 'pcs'],
  ]);

describe('a text below a line', () => {
  it.each([
    ['Skive A4 M8', '(helst samme fabrikat som sidst)'],
    ['Glasvæv 300 g/m²', 'skal bruges fredag - vi henter selv'],
    ['Handtuch 70x140 weiß', 'mit eingewebtem Logo'],
    ['Serviette 33x33', 'même teinte que la dernière fois'],
    ['Ciabatta 300 g', 'ben cotta, per favore'],
    ['Slippers closed toe', 'pack in 10s, size 28 cm'],
  ])('is a note on it where the name had room: %s', (name, below) => {
    const reading = order(name, below);
    expect(column(reading, 'description')[0]).toBe(name);
    expect(column(reading, 'note')).toEqual([below, undefined]);
    expect(reading.lines).toHaveLength(2);
  });

  it.each([
    ['Kabelverschraubung M20 mit Gegenmutter,', 'schwarz'],
    ['Wasserhahn, verchromt, Anschluss-', 'gewinde 1/2 Zoll'],
    ['Tuyau PVC 32 mm', '/ longueur 2 m'],
    ['Guante de nitrilo sin polvo, talla mediana, azul', 'oscuro'],
    ['Rura miedziana 15 mm +', 'kolano'],
  ])('is the rest of a name that was broken off: %s', (name, below) => {
    expect(column(order(name, below), 'description')[0]).toBe(`${name} ${below}`);
  });

  it('is told where it changes what is ordered, and asked about where it takes the line back', () => {
    expect(codes(order('Valve 1 inch', 'or similar if not in stock'))).toContain('line.remark');
    expect(codes(order('Valve 1 inch', 'cancelled'))).toContain('line.held');
    expect(codes(order('Vanne 1 pouce', 'annulé'))).toContain('line.held');
    expect(codes(order('Ventil 1 Zoll', 'storniert'))).toContain('line.held');
  });
});
