import { Qualification, QualifyGiven, qualifyLead, Ranking, RankGiven, rankLeads } from '../../../src/agents/sales';
import { defineTask, defineTaskAgent } from '../task-agent';

/** Scores leads by stated criteria. */
export const sales = defineTaskAgent({
  name: 'sales',
  version: '1.0.0',
  description: 'Scores and ranks leads by stated criteria, with the reason for each point',
  tasks: {
    qualify_lead: defineTask({
      description: 'Scores a lead by contact, role, company, budget, need and timing, and says what is unknown',
      given: QualifyGiven,
      output: Qualification,
      example: {
        parameters: { priority: 'high' },
        input: {
          lead: {
            name: 'Jeanne Moreau',
            company: 'Atelier Sud',
            title: 'Directrice des achats',
            email: 'j.moreau@atelier-sud.fr',
            employees: 120,
            budget: '12 000 €',
            message: 'Pourriez-vous nous envoyer un devis pour 40 postes ?',
            timeline: '2 mois',
          },
        },
      },
      rules: qualifyLead,
    }),
    rank_leads: defineTask({
      description: 'Scores the leads of a list, and puts them in order',
      given: RankGiven,
      output: Ranking,
      example: {
        input: {
          leads: [
            { name: 'Bob', email: 'bob@gmail.com' },
            { name: 'Ann', company: 'Acme', title: 'CEO', email: 'ann@acme.example', employees: 300, budget: 9000 },
          ],
        },
      },
      rules: rankLeads,
    }),
  },
});
