import { judgeRowsQuestion } from '../audit/rows-question';
import { judgeWording } from '../audit/wording';
import { judgeReply } from '../../src/orders/reply';
import { judgeStructures } from '../../src/orders/structure';
import type { Judge } from './tools';

/** What answers are held against, by task. */
export const judges: Readonly<Record<string, Judge>> = {
  'audit.question': judgeRowsQuestion,
  'audit.wording': judgeWording,
  'order.reply': judgeReply,
  'order.structure': judgeStructures,
};
