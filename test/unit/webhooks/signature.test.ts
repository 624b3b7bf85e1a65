import { createSealer } from '../../../src/access/seal';
import { addSecret, openSecrets } from '../../../src/webhooks/secrets';
import { makeSecret, signedHeaders, verify } from '../../../src/webhooks/signature';

// the example of the standard's own libraries
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

const received = (more: object = {}) => ({
  ...{ id: message.id, timestamp: String(message.timestamp), signatures: signature, body: message.body },
  ...more,
});
const now = message.timestamp * 1_000;

it('signs as the standard says, by each secret that counts', () => {
  expect(signedHeaders([secret], message)).toEqual({
    'webhook-id': message.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': signature,
  });
  const both = signedHeaders([makeSecret(), secret], message)['webhook-signature'] ?? '';
  expect(both.split(' ')).toHaveLength(2);
  expect(both.split(' ')[1]).toBe(signature);
});

it('believes a message with one right signature, and tells apart why it does not', () => {
  expect(verify([makeSecret(), secret], received(), now)).toBeUndefined();
  expect(verify([secret], received({ signatures: `v1,AAAA v2,x ${signature}` }), now)).toBeUndefined();
  expect(verify([secret], received({ body: `${message.body} ` }), now)).toBe('forged');
  expect(verify([secret], received({ id: 'msg_other' }), now)).toBe('forged');
  expect(verify([makeSecret()], received(), now)).toBe('forged');
  expect(verify([], received(), now)).toBe('forged');
  for (const missing of [{ id: undefined }, { timestamp: 'soon' }, { signatures: undefined }])
    expect(verify([secret], received(missing), now)).toBe('unsigned');
  expect(verify([secret], received(), now + 301_000)).toBe('stale');
  expect(verify([secret], received(), now - 301_000)).toBe('stale');
});

it('of secrets two count: the newest, and the one before it for as long as was said', () => {
  const sealer = createSealer([Buffer.alloc(32, 1)]);
  const at = Date.parse('2026-11-29T10:00:00Z');
  const first = addSecret([], { sealer, keepMs: 0, now: at });
  const second = addSecret(first.secrets, { sealer, keepMs: 60_000, now: at });
  expect(openSecrets(second.secrets, sealer, at)).toEqual([second.secret, first.secret]);
  expect(openSecrets(second.secrets, sealer, at + 60_001)).toEqual([second.secret]);
  const third = addSecret(second.secrets, { sealer, keepMs: 600_000, now: at + 1_000 });
  expect(openSecrets(third.secrets, sealer, at + 1_000)).toEqual([third.secret, second.secret]);
  expect(openSecrets(addSecret(third.secrets, { sealer, keepMs: 0, now: at }).secrets, sealer, at)).toHaveLength(1);
});

it('secrets are stored sealed, and open with an earlier key too', () => {
  const [old, present] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const sealed = createSealer([old]).seal(secret);
  expect(sealed).not.toContain(secret.slice(6, 20));
  expect(createSealer([present, old]).open(sealed)).toBe(secret);
  expect(() => createSealer([present]).open(sealed)).toThrow('AWE_PROOF_KEY');
});
