import { Group, Progress, Stack, Text } from '@mantine/core';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Section } from '../../parts/Section';
import type { CostReport } from './queries';
import { words } from './words';

/** What is spent today, against the limit of a day. */
export function Today({ report: { today, limits, currency } }: { report: CostReport }) {
  const w = useWords(words);
  const format = useFormat();
  const money = (amount: number) => format.money(amount, currency);
  const run = [
    limits.run.money !== undefined && money(Number(limits.run.money)),
    limits.run.tokens !== undefined && `${format.number(limits.run.tokens)} ${w.tokens.toLowerCase()}`,
  ].filter(Boolean);
  return (
    <Section title={w.today}>
      <Stack gap="sm" maw={560}>
        <Share
          label={w.money}
          {...{ spent: Number(today.money), reserved: Number(today.reserved.money), say: money }}
          {...{ limit: limits.day.money === undefined ? undefined : Number(limits.day.money) }}
          left={today.left.money === null ? undefined : Number(today.left.money)}
        />
        <Share
          label={w.tokens}
          {...{ spent: today.tokens, reserved: today.reserved.tokens, say: format.number, limit: limits.day.tokens }}
          left={today.left.tokens ?? undefined}
        />
        <Text size="sm" c="dimmed">
          {w.runLimit}
          {format.colon}
          {run.join(', ') || w.noLimit}
        </Text>
      </Stack>
    </Section>
  );
}

interface ShareProps {
  label: string;
  spent: number;
  reserved: number;
  limit?: number;
  left?: number;
  say: (amount: number) => string;
}

function Share({ label, spent, reserved, limit, left, say }: ShareProps) {
  const w = useWords(words);
  const share = limit === undefined ? 0 : limit === 0 ? 1 : spent / limit;
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="sm">
          {w.ofLimit(say(spent), limit === undefined ? undefined : say(limit))}
          {left !== undefined && ` · ${w.left(say(left))}`}
          {reserved > 0 && ` · ${w.reserved(say(reserved))}`}
        </Text>
      </Group>
      {limit !== undefined && (
        <Progress
          value={Math.min(1, share) * 100}
          color={share >= 1 ? 'red' : share >= 0.8 ? 'orange' : undefined}
          aria-label={label}
        />
      )}
    </div>
  );
}
