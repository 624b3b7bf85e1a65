import { AgentWorkflow, cel, orElse, Type } from '../../sdk';

const text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));

const Lead = Type.Object(
  {
    name: text(200),
    company: text(200),
    title: text(200),
    email: text(200),
    phone: text(60),
    employees: Type.Optional(Type.Unsafe<number | string>({ type: ['integer', 'string'] })),
    budget: Type.Optional(Type.Unsafe<number | string>({ type: ['number', 'string'] })),
    message: text(20_000),
    timeline: text(200),
  },
  { description: 'what is known of the lead; members may be missing' },
);

const Source = Type.Object({ name: Type.String(), text: Type.String() });

/** The definition of lead-processing.yaml, as code: types follow the lead and what the agents say about it. */
export const leadProcessing = new AgentWorkflow({
  id: 'lead-processing',
  name: 'Lead Processing',
  description: 'Score a new lead, complete what is known of it, and write the mail that follows from its score',
  input: Type.Object({
    lead: Lead,
    sources: Type.Optional(
      Type.Array(Source, { description: 'texts that may say more about the company', maxItems: 20 }),
    ),
    sender: Type.Optional(Type.String({ maxLength: 200, description: 'who signs the mail' })),
  }),
})
  .addStep({
    step_id: 'qualify',
    name: 'Score the lead',
    step_type: 'agent_task',
    agent_type: 'sales',
    task: 'qualify_lead',
    parameters: { threshold: 60 },
  })
  .addStep({
    step_id: 'enrich',
    name: 'Complete the lead',
    step_type: 'agent_task',
    agent_type: 'research',
    task: 'enrich_lead',
    on_error: 'continue',
  })
  .addStep(({ steps: { qualify } }) => ({
    step_id: 'worth_a_mail',
    step_type: 'condition',
    condition: cel`${qualify.output.decision} != "not_qualified"`,
    then: ['write', 'review'],
    else: ['close'],
  }))
  .addStep(({ input, steps: { qualify } }) => ({
    step_id: 'write',
    name: 'Write the mail',
    step_type: 'agent_task',
    agent_type: 'writer',
    task: 'write_email',
    parameters: {
      subject: cel`${qualify.output.qualified} ? "Your request" : "A few questions about your request"`,
      recipient: orElse(input.lead.name, 'there'),
      sender: orElse(input.sender, 'The sales team'),
      points: [
        'Thank you for your interest in our offer',
        cel`${qualify.output.qualified} ? "We would like to show you what fits your needs" : "To answer well, we would like to know more about: " + ${qualify.output.missing}.join(", ")`,
      ],
      request: cel`${qualify.output.qualified} ? "Which day suits you for a call?" : "Please answer in a few words."`,
    },
  }))
  .addStep(({ steps: { write } }) => ({
    step_id: 'review',
    name: 'Check the mail',
    step_type: 'agent_task',
    agent_type: 'reviewer',
    task: 'review_text',
    parameters: { text: write.output.text, criteria: { max_words: 150, must_include: ['Thank you'] } },
  }))
  .addStep(({ steps: { qualify } }) => ({
    step_id: 'close',
    step_type: 'transform',
    parameters: {
      reason: cel<string>`"scored " + string(${qualify.output.score}) + " of " + string(${qualify.output.threshold})`,
    },
  }))
  .returns(({ steps: { qualify, enrich, worth_a_mail: worth, write, review, close } }) => ({
    score: qualify.output.score,
    decision: qualify.output.decision,
    unknown: orElse(enrich.output.unknown, []),
    mail: cel<string>`${worth.output.met} ? ${write.output.text} : ""`,
    mail_accepted: cel<boolean>`${worth.output.met} && ${review.output.accepted}`,
    closed_because: cel<string>`${worth.output.met} ? "" : ${close.output.reason}`,
  }));
