import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconMinus, IconPencil, IconPlus, IconRefresh, type Icon } from '@tabler/icons-react';
import { useWords } from '../../i18n/words';
import { words } from './decide.words';
import type { RunPlan } from './queries';

type PlanDifference = NonNullable<RunPlan['difference']>;

/** What a version of a plan has that another had not. */
export function Difference({ difference, title }: { difference: PlanDifference; title: string }) {
  const w = useWords(words);
  const { added, removed, changed, affected, same, plan } = difference;
  const isSame = added.length + removed.length + changed.length + plan.length === 0;
  return (
    <Stack gap={4}>
      <Title order={3} size="h6">
        {title}
      </Title>
      {isSame && <Text size="sm">{w.same}</Text>}
      {added.map((id) => (
        <Line key={id} sign={IconPlus} color="green" word={w.added} step={id} />
      ))}
      {removed.map((id) => (
        <Line key={id} sign={IconMinus} color="red" word={w.removed} step={id} />
      ))}
      {changed.map(({ step_id, changes }) => (
        <Line key={step_id} sign={IconPencil} color="yellow" word={w.changed} step={step_id} changes={changes} />
      ))}
      {affected.map((id) => (
        <Line key={id} sign={IconRefresh} color="gray" word={w.affected} step={id} />
      ))}
      {plan.map((change) => (
        <Text key={change} size="sm" className="foreign">
          {change}
        </Text>
      ))}
      <Text size="sm" c="dimmed">
        {w.steps(same)}
      </Text>
    </Stack>
  );
}

interface LineProps {
  sign: Icon;
  color: string;
  word: string;
  step: string;
  changes?: readonly string[];
}

function Line({ sign: Sign, color, word, step, changes = [] }: LineProps) {
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        <Badge
          color={color}
          variant="light"
          tt="none"
          leftSection={<Sign size={12} aria-hidden />}
          styles={{ root: { flexShrink: 0 }, label: { color: 'var(--mantine-color-text)' } }}
        >
          {word}
        </Badge>
        <Text size="sm" fw={600} className="foreign">
          {step}
        </Text>
      </Group>
      {changes.map((change) => (
        <Text key={change} size="sm" pl="md" className="foreign">
          {change}
        </Text>
      ))}
    </div>
  );
}
