import { decode } from '../../../src/spreadsheets/encoding';

describe('signs that a program has cut to half of their number', () => {
  it('are given back between letters, and their places told', () => {
    const { text, odd } = decode(Buffer.from('EAN;Titre\n978;L\u0019ombre port\u00e9e\n', 'latin1'));
    expect(text).toContain('L’ombre portée');
    expect(odd).toEqual([text.indexOf('’')]);
  });
});
