import { safeMessage } from '../../../activities/tools/redact';

describe('a message that is kept', () => {
  it.each([
    'postgres://app:hunter2@db:5432/x',
    'Authorization: Bearer hunter2hunter2',
    'password=hunter2hunter2',
    '{"api_key":"hunter2hunter2"}',
    "token: 'hunter2hunter2'",
    'X-Api-Key: hunter2hunter2',
    'eyJhbGciOiJIUzI1NiJ9.eyJodW50ZXIyIjoxfQ.hunter2hunter2',
    'sk-proj-hunter2hunter2hunter2',
    'AKIAHUNTER2HUNTER2AA',
    '-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----',
  ])('does not hold the secret of %s', (message) => {
    const safe = safeMessage(`before ${message} after`);
    expect(safe).toContain('[secret]');
    expect(safe.toLowerCase()).not.toMatch(/hunter2|ahunter|odw50/);
    expect(safe).toMatch(/^before .* ?after$/s);
  });

  it('is otherwise left as it is', () => {
    for (const message of [
      'answered 404',
      'the token budget is used up',
      '3 of 5 passwords are too short',
      'https://example.com/a?b=c',
    ])
      expect(safeMessage(message)).toBe(message);
  });

  it('takes no time to speak of, whatever it holds', () => {
    const began = Date.now();
    for (const unit of [
      'a',
      'https://',
      'password',
      'password=',
      'bearer ',
      '-----BEGIN ',
      'eyJaaaaaaaa.',
      'a:',
      '"',
      '@',
      ' ',
    ])
      safeMessage(unit.repeat(200_000 / unit.length));
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  it('is well-formed after the cut', () => {
    const safe = safeMessage(`${'x'.repeat(1998)}😀😀`);
    expect(safe.length).toBeLessThanOrEqual(2000);
    expect(Buffer.from(safe).toString()).toBe(safe);
  });
});
