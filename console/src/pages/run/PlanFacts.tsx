import { List, Stack, Text, Title } from '@mantine/core';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Facts } from '../../parts/Facts';
import { words } from './decide.words';
import type { Drawn } from './queries';

type Range = Drawn['forecast']['time_ms'];

/** What a plan will touch, what it will cost, and why a person is asked. */
export function PlanFacts({ drawn }: { drawn: Drawn }) {
  const w = useWords(words);
  const format = useFormat();
  const { touches, outside, risk, forecast, asks, limits, criticism } = drawn;
  const changes = touches.filter(({ access }) => access !== 'read');
  const reads = touches.filter(({ access }) => access === 'read');
  const inWords = (range: Range, say: (value: number) => string): string => {
    const { low, likely, high } = range;
    if (likely !== null && low !== null && high !== null)
      return low === high ? say(likely) : w.about(say(likely), say(low), say(high));
    return low === null || low === 0 ? w.unknown : w.atLeast(say(low));
  };
  const money = forecast.money.map((range) =>
    inWords(range, (value) => (range.currency === null ? format.number(value) : format.money(value, range.currency))),
  );
  const grave = criticism.filter(({ severity }) => severity !== 'info');
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          [
            w.touches,
            changes.length === 0
              ? w.nothing
              : changes.map(({ kind, target, access, outside: isOutside }) => (
                  <Text key={`${kind} ${target} ${access}`} size="sm" className="foreign">
                    {w.access[access]} {kind} <b>{target}</b> · {isOutside ? w.outside : w.inside}
                  </Text>
                )),
          ],
          [w.reads, reads.map(({ kind, target }) => `${kind} ${target}`).join(', ')],
          [w.effects, w.between(outside.least, outside.most)],
          [w.risk, w.risks[risk]],
          [w.time, inWords(forecast.time_ms, format.duration)],
          [w.tokens, inWords(forecast.tokens, format.number)],
          [w.money, money.length === 0 ? w.unknown : money.join(', ')],
        ]}
      />
      <Said title={w.why} lines={asks.map(({ step_id, reason }) => `${step_id}: ${reason}`)} />
      <Said title={w.limits} lines={limits.map(({ message }) => message)} />
      <Said
        title={w.critic}
        lines={grave.map(({ step_id, message, fix }) => `${step_id === null ? '' : `${step_id}: `}${message} ${fix}`)}
      />
    </Stack>
  );
}

function Said({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <Title order={3} size="h6">
        {title}
      </Title>
      <List size="sm" className="foreign">
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </div>
  );
}
