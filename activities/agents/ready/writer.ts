import {
  Email,
  EmailGiven,
  Report,
  ReportGiven,
  summarize,
  Summary,
  SummaryGiven,
  writeEmail,
  writeReport,
} from '../../../src/agents/writer';
import { defineTask, defineTaskAgent } from '../task-agent';

/** Writes texts from given facts. */
export const writer = defineTaskAgent({
  name: 'writer',
  version: '1.0.0',
  description: 'Writes mails, reports and summaries from the facts that it is given, and adds none',
  tasks: {
    write_email: defineTask({
      description: 'Writes a mail, in English or French, that says the given points',
      given: EmailGiven,
      output: Email,
      example: {
        parameters: { subject: 'Your quote', language: 'en', request: 'Please confirm by Friday' },
        input: { recipient: 'Jeanne', points: ['The price for 40 seats is 9,600 euros', 'We deliver in May.'] },
      },
      rules: writeEmail,
    }),
    write_report: defineTask({
      description: 'Writes a report in Markdown from sections of points and figures',
      given: ReportGiven,
      output: Report,
      example: {
        parameters: { title: 'Week 12' },
        input: {
          sections: [{ heading: 'Sales', figures: { orders: 12, returns: null }, points: ['Two new customers'] }],
        },
      },
      rules: writeReport,
    }),
    summarize: defineTask({
      description: 'Gives the sentences of a text that say most of it, as they stand',
      given: SummaryGiven,
      output: Summary,
      example: {
        parameters: { sentences: 1 },
        input: { text: 'The plant stops in August. In August the plant is cleaned. Lunch is at noon.' },
      },
      rules: summarize,
    }),
  },
});
