import { Answer, AnswerGiven, answerQuestion, Enrichment, EnrichGiven, enrichLead } from '../../../src/agents/research';
import { defineTask, defineTaskAgent } from '../task-agent';

/** Finds facts in what it is given, and says what it does not know. */
export const research = defineTaskAgent({
  name: 'research',
  version: '1.0.0',
  description: 'Finds facts in what it is given, each with its source, and says what is unknown',
  tasks: {
    enrich_lead: defineTask({
      description: 'Completes a lead with what follows from it and what the given sources say of its company',
      given: EnrichGiven,
      output: Enrichment,
      example: {
        input: {
          lead: { name: 'Jeanne Moreau', company: 'Atelier Sud', email: 'j.moreau@atelier-sud.fr' },
          sources: [{ name: 'press', text: 'Atelier Sud compte 120 salariés. Atelier Nord en compte 900.' }],
        },
      },
      rules: enrichLead,
    }),
    answer_question: defineTask({
      description: 'Quotes the sentences of the given sources that answer a question, or says that there are none',
      given: AnswerGiven,
      output: Answer,
      example: {
        parameters: { question: 'When do refunds arrive?' },
        input: { sources: [{ name: 'terms', text: 'Refunds arrive within 14 days. Parcels leave on Monday.' }] },
      },
      rules: answerQuestion,
    }),
  },
});
