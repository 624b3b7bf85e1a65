import { defaultPayloadConverter } from '@temporalio/common';
import { boundedPayloads, PAYLOAD_LIMIT } from '../../../src/temporal/bounds';
import type { TemporalPort } from '../../../src/temporal/client';
import { TemporalError } from '../../../src/temporal/errors';
import { explainFault } from '../../../src/runs/faults';

const payloadOf = (bytes: number) => defaultPayloadConverter.toPayload('x'.repeat(bytes - 2)); // its quotes

test('a payload is sent up to the limit, and no further', async () => {
  const most = payloadOf(PAYLOAD_LIMIT);
  await expect(boundedPayloads.encode([most])).resolves.toEqual([most]);
  await expect(boundedPayloads.encode([most, payloadOf(PAYLOAD_LIMIT + 1)])).rejects.toMatchObject({
    fault: 'too_large',
  });
  // what is there already is read, whatever its size
  await expect(boundedPayloads.decode([payloadOf(2 * PAYLOAD_LIMIT)])).resolves.toHaveLength(1);
});

test('whoever sent it is told the limit, and that large things go another way', async () => {
  const fault = await explainFault({} as TemporalPort, new TemporalError('too_large', 'more than that'));
  expect(fault.fault).toBe('too_large');
  expect(fault.message).toMatch(/128 KiB .* addresses of their own/);
});
