import { unreadFile, withinLines } from '../../../src/order/readings';
import { line } from '../../support/orders';

it('a file with which an order would have too many lines is refused, and says so', () => {
  const reading = (file: string, lines: number) => ({
    ...unreadFile(file),
    outcome: 'order' as const,
    lines: Array.from({ length: lines }, (_, i) => line(`L${i + 1}`, { reference: `A-${i}` })),
  });
  const [first, second, third] = withinLines([reading('a', 3), reading('b', 3), reading('c', 2)], 5);
  expect([first?.lines.length, second?.lines.length, third?.lines.length]).toEqual([3, 0, 2]);
  expect(second).toMatchObject({ file: 'b', outcome: 'refused', reason: { code: 'too_many_lines' } });
  expect(second?.reason?.message.en).toContain('more than 5 lines');
});
