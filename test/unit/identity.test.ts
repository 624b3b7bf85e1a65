import { samePerson } from '../../core/identity';
import { objectionOfRules } from '../../core/decision';

/** Ways to write one name. */
const alike: [string, string][] = [
  ['Ann Lee', 'ann lee'],
  ['Ann Lee', '\uff21\uff4e\uff4e Lee'],
  ['Jos\u00e9', 'Jose\u0301'],
  ['Ann Lee', ' Ann \u00a0 Lee '],
  ['Ann Lee', 'An\u200bn L\u00adee'],
  ['Stra\u00dfe', 'STRASSE'],
  ['\ufb01nn', 'finn'],
];

test.each(alike)('%s and %s are one person, who does not approve what they handed in', (one, other) => {
  expect(samePerson(one, other)).toBe(true);
  const rules = { parties: [{ by: one, not: ['approve'], why: 'has sent it' }] };
  expect(objectionOfRules({ choice: 'approve', by: other }, rules, { channel: 'api' })?.reason).toBe('forbidden');
});

test('others are others', () => {
  for (const [one, other] of [
    ['ann', 'anna'],
    ['ann lee', 'annlee'],
    ['Jos\u00e9', 'Jose'],
  ] as const)
    expect(samePerson(one, other)).toBe(false);
});
