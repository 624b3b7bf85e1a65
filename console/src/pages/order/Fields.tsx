import { Alert, Badge, Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconBan } from '@tabler/icons-react';
import type { Ref, RefObject } from 'react';
import { useFormat } from '../../i18n/format';
import { useLanguage, useWords } from '../../i18n/words';
import { Facts } from '../../parts/Facts';
import { Chip, Field } from './Field';
import { idOfField, useDesk } from './desk';
import { useEdits } from './edit-store';
import { isAnswered } from './edits';
import { headFields, shownText, valueOf } from './fields';
import { nextStop, stopOf, type Flag } from './flags';
import { Lines, type LinesHandle } from './Lines';
import { words } from './words';

/** Everything that an order says, from its head to its totals. */
export function Fields({ scroller, handle }: { scroller: RefObject<HTMLDivElement | null>; handle: Ref<LinesHandle> }) {
  const w = useWords(words);
  const format = useFormat();
  const { sight } = useDesk();
  const { draft, lines, byKey, flags } = sight;
  const found = flags.filter(({ key }) => key === undefined);
  return (
    <div ref={scroller} className="order-scroll">
      <Title order={2} size="h5" mb={4}>
        {w.head}
      </Title>
      <div className="order-head">
        {headFields.map((key) => (
          <Field
            key={key}
            field={key}
            value={valueOf(draft, lines, key)}
            flags={byKey.get(key)}
            isLabelled
            isLong={key === 'delivery.address'}
          />
        ))}
      </div>
      {found.length > 0 && (
        <Stack gap={4} mt="md">
          <Title order={2} size="h5">
            {w.found}
          </Title>
          {found.map((flag) => (
            <Found key={flag.id} flag={flag} />
          ))}
        </Stack>
      )}
      {sight.order.next_cursor !== undefined && (
        <Alert mt="md" color="yellow" icon={<IconAlertTriangle />}>
          {w.tooLong(format.number(draft.lines.length))}
        </Alert>
      )}
      <Lines scroller={scroller} handle={handle} />
      <Totals />
    </div>
  );
}

/** A finding that no field mends; it takes the focus as a field does. */
function Found({ flag }: { flag: Flag }) {
  const w = useWords(words);
  const { language } = useLanguage();
  const { setActive, focus, sight, store, showCell } = useDesk();
  const edits = useEdits(store);
  const { severity, message, evidence } = flag.anomaly;
  const key = stopOf(flag);
  return (
    <UnstyledButton
      id={idOfField(key)}
      className="order-found"
      onFocus={() => setActive(key)}
      onClick={() => evidence[0] && showCell(evidence[0])}
      onKeyDown={(event) => {
        if (event.key !== 'Tab' || event.ctrlKey || event.altKey || event.metaKey) return;
        const next = nextStop(sight, key, event.shiftKey ? -1 : 1);
        if (next === undefined) return;
        event.preventDefault();
        focus(next);
      }}
    >
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Severity severity={severity} />
        <Text size="sm" className="foreign">
          {message[language]} {isAnswered(flag, edits) && `(${w.answered})`}
        </Text>
      </Group>
    </UnstyledButton>
  );
}

/** Whether an anomaly blocks an approval, in a word with its sign. */
export function Severity({ severity }: { severity: 'blocking' | 'warning' }) {
  const w = useWords(words);
  const isBlocking = severity === 'blocking';
  const Sign = isBlocking ? IconBan : IconAlertTriangle;
  return (
    <Badge
      color={isBlocking ? 'red' : 'yellow'}
      variant="light"
      size="sm"
      tt="none"
      leftSection={<Sign size={12} aria-hidden />}
      styles={{ root: { flexShrink: 0 }, label: { color: 'var(--mantine-color-text)' } }}
    >
      {w[severity]}
    </Badge>
  );
}

function Totals() {
  const w = useWords(words);
  const { language } = useLanguage();
  const { sight } = useDesk();
  const { totals, facts } = sight.draft;
  const figure = (value: string) => shownText('.amount', value, language);
  return (
    <Stack gap={4} mt="md">
      <Title order={2} size="h5">
        {w.totals}
      </Title>
      <Facts
        facts={[
          [w.totalQuantity, figure(totals.quantity)],
          [w.totalAmount, totals.amount && `${figure(totals.amount)} ${facts.currency?.value ?? ''}`],
          ...totals.stated.map(
            ({ label, value, from }, i) =>
              [
                `${label} (${w.stated})`,
                <Group gap="xs" key={i}>
                  {figure(value)} <Chip from={from} />
                </Group>,
              ] as const,
          ),
        ]}
      />
    </Stack>
  );
}
