import { decode } from '../../../src/spreadsheets/encoding';

describe('signs that a program has cut to half of their number', () => {
  it('are given back between letters, and their places told', () => {
    const { text, odd } = decode(Buffer.from('EAN;Titre\n978;L\u0019ombre port\u00e9e\n', 'latin1'));
    expect(text).toContain('L’ombre portée');
    expect(odd).toEqual([text.indexOf('’')]);
  });
});

describe('letters of Central Europe', () => {
  /** Bytes of a text in an encoding that Node can only read. */
  const encode = (text: string, name: string): Buffer => {
    const decoder = new TextDecoder(name);
    const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
    return Buffer.from([...text].map((letter) => bytes.get(letter) ?? 0x3f));
  };
  const czech =
    'Kód;Označení;Množství\nA-1;Krmná směs volně ložená, pytel;t\nA-2;Příchytka měděná;ks\n;Upozornění: Dvořáková;\n';
  const polish = 'Kod;Towar;Szt\nA-1;Śmietana gęsta;12\nA-2;Żurek świąteczny;20\n';

  it.each([
    ['windows-1250', czech],
    ['iso-8859-2', czech],
    ['windows-1250', polish],
    ['iso-8859-2', polish],
  ])('are told in %s: %s', (name, text) => expect(decode(encode(text, name))).toMatchObject({ text, told: name }));

  it('are not seen in a list of Danish and Italian names', () => {
    const text = 'Code;Artikel\n1;Ølglas København\n2;Lunedì martedì\n3;Smørrebrød\n';
    expect(decode(Buffer.from(text, 'latin1')).text).toBe(text);
  });
});
