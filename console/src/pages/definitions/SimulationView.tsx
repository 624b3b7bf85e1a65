import { Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Json } from '../../parts/Json';
import { Status } from '../../parts/Status';
import type { SimulatedStep, Simulation } from './queries';
import { words } from './try.words';

interface SimulationViewProps {
  simulation: Simulation;
  /** offers to give a step's output the next time */
  giveAgain: (step: SimulatedStep) => ReactNode;
}

/** What a simulation has found: the path taken and why, the questions, and the changes that would have been made. */
export function SimulationView({ simulation, giveAgain }: SimulationViewProps) {
  const w = useWords(words);
  const format = useFormat();
  const { status, error, result, steps, path, questions, effects, omitted, virtual_ms } = simulation;
  const taken = path.flatMap((id) => steps.find(({ step_id }) => step_id === id) ?? []);
  const others = steps.filter(({ step_id }) => !path.includes(step_id));
  return (
    <Stack>
      <Title order={2} size="h4">
        {w.outcome}
      </Title>
      <Group gap="xs">
        <Status state={status === 'cut' ? 'expired' : status} />
        <Text>
          {w.status[status]}, {w.after(format.duration(virtual_ms))}
        </Text>
      </Group>
      {error && (
        <Text className="foreign">
          <code>{error.type}</code> {error.message}
        </Text>
      )}
      {result !== undefined && (
        <>
          <Title order={3} size="h5">
            {w.result}
          </Title>
          <Json value={result} label={w.result} />
        </>
      )}
      <Title order={3} size="h5">
        {w.path}
      </Title>
      <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
        {taken.map((step) => (
          <StepTaken key={step.step_id} step={step} giveAgain={giveAgain} />
        ))}
      </Stack>
      {omitted.steps > 0 && <Text size="sm">{w.more(omitted.steps)}</Text>}
      {others.length > 0 && (
        <>
          <Title order={3} size="h5">
            {w.notTaken}
          </Title>
          <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
            {others.map((step) => (
              <StepTaken key={step.step_id} step={step} giveAgain={() => null} />
            ))}
          </Stack>
        </>
      )}
      {questions.length > 0 && (
        <>
          <Title order={3} size="h5">
            {w.questions}
          </Title>
          <List size="sm">
            {questions.map(({ step_id, question, outcome, by, assumed, asked_at }) => (
              <List.Item key={step_id + asked_at} className="foreign">
                {question} {outcome && <Status state={outcome} />} {by} {assumed && w.assumed}
              </List.Item>
            ))}
          </List>
        </>
      )}
      {effects.length > 0 && (
        <>
          <Title order={3} size="h5">
            {w.effects}
          </Title>
          <List size="sm">
            {effects.map(({ step_id, uses, effect, at, targets }) => (
              <List.Item key={step_id + at} className="foreign">
                {step_id}: {uses} ({w[effect]}) {targets.map((target) => target.target).join(', ')}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Stack>
  );
}

function StepTaken({ step, giveAgain }: { step: SimulatedStep; giveAgain: (step: SimulatedStep) => ReactNode }) {
  const w = useWords(words);
  const { step_id, name, step_type, uses, state, why, reason, source, error, handled, attempts, elements } = step;
  const facts = [
    step_type,
    uses,
    source && w.sources[source],
    attempts.length > 1 && w.attempts(attempts.length),
    elements && w.elements(elements.count, elements.failed),
    handled && w.handled(handled),
  ];
  return (
    <Paper component="li" withBorder p="xs">
      <Group gap="xs">
        <Status state={state} />
        <Text fw={600} className="foreign">
          {step_id}
        </Text>
        <Text size="sm" c="dimmed" className="foreign">
          {[name, ...facts].filter(Boolean).join(' · ')}
        </Text>
      </Group>
      {why.map((seen, index) => (
        <Seen key={index} seen={seen} />
      ))}
      {reason && (
        <Text size="sm" className="foreign">
          {reason}
        </Text>
      )}
      {error && (
        <Text size="sm" className="foreign">
          <code>{error.type}</code> {error.message}
        </Text>
      )}
      {step.output !== undefined && (
        <details>
          <summary>{w.output}</summary>
          <Json value={step.output} label={w.output} />
          {giveAgain(step)}
        </details>
      )}
      {step.input !== undefined && (
        <details>
          <summary>{w.inputOf}</summary>
          <Json value={step.input} label={w.inputOf} />
        </details>
      )}
    </Paper>
  );
}

/** A condition in words: which, what came of it, and what it has read. */
function Seen({ seen: { of, step = '', round, text, value, error, reads } }: { seen: SimulatedStep['why'][number] }) {
  const w = useWords(words);
  const kind = of === 'then' || of === 'else' ? w.of[of](step) : w.of[of];
  const outcome = value === undefined ? (error ?? w.failedToSee) : w.seen(text, value ? w.yes : w.no);
  const read = reads.map(({ name, value }) => `${name} = ${JSON.stringify(value) ?? '…'}`).join(', ');
  return (
    <Text size="sm" className="foreign">
      {kind}
      {round !== undefined && ` (${w.round(round)})`}: {outcome}
      {read !== '' && `, ${w.since(read)}`}
    </Text>
  );
}
