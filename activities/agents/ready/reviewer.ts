import {
  RecordReview,
  RecordsGiven,
  Review,
  ReviewGiven,
  reviewRecords,
  reviewText,
} from '../../../src/agents/reviewer';
import { defineTask, defineTaskAgent } from '../task-agent';

/** Checks texts and records against stated criteria. */
export const reviewer = defineTaskAgent({
  name: 'reviewer',
  version: '1.0.0',
  description: 'Checks texts and records against stated criteria, and gives a finding for each',
  tasks: {
    review_text: defineTask({
      description: 'Checks a text; criteria that rules cannot check are said to be unchecked',
      given: ReviewGiven,
      output: Review,
      example: {
        parameters: { criteria: { must_include: ['price'], max_words: 50, others: ['friendly'] } },
        input: { text: 'The price is 12 euros. [name] will call.' },
      },
      rules: reviewText,
    }),
    review_records: defineTask({
      description: 'Checks each record of a list against rules for its fields',
      given: RecordsGiven,
      output: RecordReview,
      example: {
        parameters: {
          rules: [
            { field: 'email', required: true, unique: true },
            { field: 'age', min: 18 },
          ],
        },
        input: {
          records: [
            { email: 'a@x.org', age: 17 },
            { email: 'a@x.org', age: 30 },
          ],
        },
      },
      rules: reviewRecords,
    }),
  },
});
