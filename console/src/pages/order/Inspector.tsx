import { Badge, Button, Code, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconWand } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../i18n/format';
import { useLanguage, useWords } from '../../i18n/words';
import { Chip, Sureness } from './Field';
import { Severity } from './Fields';
import { INSPECTOR, useActive, useDesk } from './desk';
import { useEdits } from './edit-store';
import { isAnswered, withFix, withoutDismissal, withoutValue, withValue } from './edits';
import { lineOf, partsOf, shownText, valueOf, type FieldKey } from './fields';
import { isTakenAsIs, type Flag } from './flags';
import { correctionsQuery } from './queries';
import { words } from './words';

/** What is known of the field that has the focus: where it was read, why it is flagged, who has corrected it. */
export function Inspector() {
  const w = useWords(words);
  const { sight } = useDesk();
  const active = useActive();
  const flags = active === undefined ? [] : (sight.byKey.get(active) ?? []);
  const line = active === undefined ? undefined : lineOf(active);
  const name = active === undefined ? undefined : w.names[partsOf(active).name as keyof typeof w.names];
  return (
    <section className="order-inspector" id={INSPECTOR} tabIndex={-1} aria-label={w.inspector}>
      {active === undefined ? (
        <Text size="sm" c="dimmed">
          {w.choose}
        </Text>
      ) : (
        <Stack gap={6}>
          {name !== undefined && (
            <Title order={2} size="h6">
              {line === undefined ? name : `${line.startsWith('+') ? w.newLine : w.line(line)} · ${name}`}
            </Title>
          )}
          {name !== undefined && <Origin field={active} />}
          {flags.length > 0 ? (
            <Title order={3} size="h6">
              {w.why}
            </Title>
          ) : (
            <Text size="sm" c="dimmed">
              {w.notFlagged}
            </Text>
          )}
          {flags.map((flag) => (
            <Reason key={flag.id} flag={flag} field={active} />
          ))}
          <CorrectedBefore field={active} />
        </Stack>
      )}
    </section>
  );
}

function Origin({ field }: { field: FieldKey }) {
  const w = useWords(words);
  const { language } = useLanguage();
  const format = useFormat();
  const { sight, store } = useDesk();
  const { values, faulty } = useEdits(store);
  const value = valueOf(sight.draft, sight.lines, field);
  const edit = values.get(field);
  return (
    <Stack gap={4}>
      <Group gap="xs" title={value && w.confidence(format.percent(value.confidence))}>
        <Text size="sm" className="foreign">
          {w.read}: <b>{value === undefined ? w.decide.none : shownText(field, value.value, language)}</b>
        </Text>
        <Text size="sm" c="dimmed" component="span">
          <Sureness value={value} />
        </Text>
        {value?.from && <Chip from={value.from} />}
        {value?.from?.text !== undefined && value.from.text !== value.value && (
          <Code className="foreign">{value.from.text}</Code>
        )}
      </Group>
      {(edit !== undefined || faulty.has(field)) && (
        <Group gap="xs">
          {edit !== undefined && (
            <Text size="sm" className="foreign">
              {w.typedHere}: <b>{edit === null ? w.emptied : shownText(field, edit, language)}</b>
            </Text>
          )}
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconArrowBackUp size={12} aria-hidden />}
            onClick={() => store.change((edits) => withoutValue(edits, field))}
          >
            {w.undo}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** Why a field is flagged: code, sentence, evidence, and what mends it with one click. */
function Reason({ flag, field }: { flag: Flag; field: FieldKey }) {
  const w = useWords(words);
  const format = useFormat();
  const { language } = useLanguage();
  const { sight, store, isReadOnly, showCell } = useDesk();
  const edits = useEdits(store);
  const { code, severity, message, evidence, suggestion, line_ids } = flag.anomaly;
  const value = valueOf(sight.draft, sight.lines, field)?.value;
  const isAccepted = edits.dismissed.has(flag.id);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Severity severity={severity} />
        <Code>{code}</Code>
        {isAnswered(flag, edits) && (
          <Badge
            color="green"
            variant="light"
            size="sm"
            tt="none"
            leftSection={<IconCheck size={12} aria-hidden />}
            styles={{ label: { color: 'var(--mantine-color-text)' } }}
          >
            {w.answered}
          </Badge>
        )}
      </Group>
      <Text size="sm" className="foreign">
        {message[language]}
      </Text>
      {line_ids && line_ids.length > 1 && <Text size="sm">{w.alsoLines(line_ids.slice(1, 20).join(', '))}</Text>}
      {suggestion && (
        <Text size="sm" className="foreign">
          {w.suggestion}
          {format.colon}
          {suggestion[language]}
        </Text>
      )}
      {evidence.some(({ cell }) => cell !== undefined) && (
        <Group gap={6}>
          <Text size="xs" c="dimmed">
            {w.evidence}:
          </Text>
          {evidence.slice(0, 8).map((from, i) => (
            <Group key={i} gap={4} wrap="nowrap">
              <Chip from={from} />
              {from.text !== undefined && (
                <Text size="xs" className="foreign" onDoubleClick={() => showCell(from)}>
                  “{from.text.slice(0, 120)}”
                </Text>
              )}
            </Group>
          ))}
        </Group>
      )}
      {!isReadOnly && (
        <Group gap="xs">
          {isAccepted ? (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => store.change((now) => withoutDismissal(now, flag.id))}
            >
              {w.undo}
              {format.colon}
              {w.accepted}
            </Button>
          ) : (
            flag.fixes.map(({ label, corrections }, i) => (
              <Button
                key={i}
                size="compact-xs"
                variant="light"
                leftSection={<IconWand size={12} aria-hidden />}
                onClick={() => store.change((now) => withFix(now, flag, corrections))}
                styles={{ label: { whiteSpace: 'normal' } }}
                h="auto"
              >
                {label[language]}
              </Button>
            ))
          )}
          {flag.fixes.length === 0 && isTakenAsIs(flag, value) && !edits.values.has(field) && (
            <Button
              size="compact-xs"
              variant="light"
              leftSection={<IconCheck size={12} aria-hidden />}
              onClick={() => store.change((now) => withValue(now, sight, field, value, true))}
            >
              {w.keep(shownText(field, value, language))}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

/** Corrections that were made of a field before: read → corrected, by whom, when, why. */
function CorrectedBefore({ field }: { field: FieldKey }) {
  const w = useWords(words);
  const format = useFormat();
  const { language } = useLanguage();
  const { sight } = useDesk();
  const isCorrected = sight.draft.version > 1;
  const { data } = useQuery({ ...correctionsQuery(sight.order.order_id), enabled: isCorrected });
  const line = lineOf(field);
  const { owner, name } = partsOf(field);
  const path = line === undefined ? `/${owner}/${name}` : `/${name}`;
  const made = (data?.corrections ?? []).flatMap(({ changes, ...about }) =>
    changes
      .filter(
        (change) =>
          change.kind === 'value' &&
          change.line_id === line &&
          (line === undefined ? change.path === path : change.path.endsWith(path)),
      )
      .map((change) => ({ ...about, change })),
  );
  if (!isCorrected || made.length === 0) return null;
  return (
    <Stack gap={2}>
      <Title order={3} size="h6">
        {w.corrected}
      </Title>
      {made.map(({ version, by, at, verified, comment, change: { read, corrected } }) => (
        <Text key={version} size="sm" className="foreign">
          <s>{read === undefined ? w.decide.none : shownText(field, read.value, language)}</s> →{' '}
          <b>{corrected === undefined ? w.emptied : shownText(field, corrected, language)}</b>{' '}
          {w.correctedBy(by, format.instant(at))}
          {verified ? '' : ` ${w.unverified}`}
          {comment === undefined ? '' : `: ${comment}`}
        </Text>
      ))}
    </Stack>
  );
}
