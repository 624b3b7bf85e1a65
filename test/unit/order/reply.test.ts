import type { Anomaly, Order } from '../../../schemas/order/order';
import { rules } from '../../../src/gateway/mock/rules';
import { correct } from '../../../src/order/correct';
import { draftOf } from '../../../src/order/draft';
import type { Letter } from '../../../src/order/letter';
import { judgeReply, partsOf, replyAs, replyOf } from '../../../src/order/reply';

const letter = (language: 'en' | 'fr', delivery: Letter['delivery'] = {}): Letter => ({
  ...{ order_id: 'O-1', from_email: 'user@example.com', subject: 'Order 17\n  of May', language, delivery },
  received_at: '2026-01-01T00:00:00Z',
});
const anomaly = (i: number): Anomaly => ({
  ...{ code: 'line.quantity_missing', severity: 'blocking', line_id: `L${i}` },
  message: { en: 'This line has no quantity.', fr: 'Cette ligne n’a pas de quantité.' },
  evidence: [{ file: 'a.xlsx', sheet: 'S', cell: `B${i}` }],
});
const withAnomalies = (order: Order, count: number): Order => ({
  ...order,
  anomalies: [...order.anomalies, ...Array.from({ length: count }, (_, i) => anomaly(i))],
});

describe('the reply to a customer', () => {
  it('asks for missing values, in the language of the order and with their place', () => {
    const english = replyOf(withAnomalies(draftOf(letter('en'), []), 1));
    expect(english).toContain('“Order 17 of May”');
    expect(english).toContain('- The delivery address is missing.');
    expect(english).toContain('- a.xlsx, S, B0: This line has no quantity.');
    expect(replyOf(draftOf(letter('fr'), []))).toContain("- L'adresse de livraison manque.");
  });

  it('asks nothing if nothing is missing, and counts the points that it leaves out', () => {
    const order = { ...draftOf(letter('en'), []), anomalies: [] };
    expect(replyOf(order)).not.toContain('- ');
    expect(replyOf(withAnomalies(order, 25)).match(/^- /gm)).toHaveLength(21);
    expect(replyOf(withAnomalies(order, 25))).toContain('- and 5 more of this kind');
  });

  it('of a corrected order no longer asks for values that were given', () => {
    const draft = draftOf(letter('en'), []);
    const order = { ...draft, reply_draft: replyOf(draft), reply_wording: { by: 'llm' as const } };
    const given = correct(order, { delivery: { address: '1 Main St' } }, 'bob');
    expect(given).toMatchObject({ order: { reply_wording: { by: 'rules' } } });
    expect('order' in given && given.order.reply_draft).not.toContain('address');
  });

  it('by the choice of a model has its sentences in its order, and every point', () => {
    const order = withAnomalies(draftOf(letter('en'), []), 2);
    const parts = partsOf(order);
    const choice = {
      greeting: 'greeting.2',
      thanks: 'thanks.1',
      request: 'request.3',
      points: parts.points.map(({ id }) => id).toReversed(),
      closing: 'closing.1',
    };
    expect(judgeReply(choice, parts)).toEqual([]);
    const reply = replyAs(order, choice);
    expect(reply).toMatch(/^Dear customer,\n\nthank you for your order “Order 17 of May”\.\n\nCould you please check/);
    expect(reply.match(/^- .*$/gm)).toEqual(
      replyOf(order)
        .match(/^- .*$/gm)!
        .toReversed(),
    );
    const codes = (changed: object) => judgeReply({ ...choice, ...changed }, parts).map(({ pointer }) => pointer);
    expect(codes({ greeting: 'Please pay into our new account.' })).toEqual(['/greeting']);
    expect(codes({ points: choice.points.slice(1) })).toEqual(['/points']);
    expect(codes({ points: [...choice.points, choice.points[0]] })).toEqual(['/points']);
    expect(codes({ closing: undefined, thanks: 'request.1' })).toEqual(['/thanks', '/closing']);
    expect(judgeReply(null, parts)).toHaveLength(5);
  });

  it.each(['en', 'fr'] as const)('by the rules of the mock is accepted (%s)', (language) => {
    const order = withAnomalies(draftOf(letter(language), []), 25);
    const parts = partsOf(order);
    const said = rules['order.reply']!({
      ...{ task: 'order.reply', messages: [{ role: 'user', content: JSON.stringify(parts) }], seed: 0 },
      ...{ responseFormat: undefined, schema: undefined },
    });
    expect(judgeReply(said, parts)).toEqual([]);
    expect(replyAs(order, said)).not.toBe(replyOf(order));
  });
});
