import { Group, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import {
  IconAlertTriangle,
  IconAntennaBars2,
  IconAntennaBars4,
  IconAntennaBars5,
  IconBan,
  IconPencil,
} from '@tabler/icons-react';
import { memo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useLanguage, useWords } from '../../i18n/words';
import { idOfField, placeOf, useDesk } from './desk';
import { useEdit, useFaulty } from './edit-store';
import { withFaulty, withValue } from './edits';
import { isDay, isFigure, lineOf, parseTyped, partsOf, shownText, type FieldKey } from './fields';
import { nextStop, type Flag } from './flags';
import type { Sourced } from './queries';
import { words } from './words';

interface FieldProps {
  field: FieldKey;
  value: Sourced | undefined;
  flags: readonly Flag[] | undefined;
  /** its label is seen; in a table the heading of the column says it */
  isLabelled?: boolean;
  /** several lines of text */
  isLong?: boolean;
}

/** A value of an order: what was read, how sure that is, and the cell that it was read from. */
export const Field = memo(function Field({ field, value, flags, isLabelled, isLong }: FieldProps) {
  const w = useWords(words);
  const { language } = useLanguage();
  const { store, isReadOnly, setActive, focus, sight } = useDesk();
  const edit = useEdit(store, field);
  const faulty = useFaulty(store, field);
  const [typed, setTyped] = useState<string>();
  const id = idOfField(field);
  const name = w.names[partsOf(field).name as keyof typeof w.names];
  const line = lineOf(field);
  const label = line === undefined ? name : `${name}, ${line.startsWith('+') ? w.newLine : w.line(line)}`;
  const kept = edit === undefined ? value?.value : edit;
  const shown = typed ?? faulty?.text ?? (kept == null ? '' : shownText(field, kept, language));
  const isBlocking = flags?.some(({ anomaly }) => anomaly.severity === 'blocking');

  const type = (text: string) => {
    setTyped(text);
    const parsed = parseTyped(field, text, language);
    store.change((edits) => {
      if ('value' in parsed) return withValue(edits, sight, field, parsed.value);
      if (text.trim() === '' && value === undefined) return withValue(edits, sight, field, null);
      return withFaulty(edits, field, text, parsed.fault);
    });
  };
  const props = {
    id,
    className: 'order-input',
    value: shown,
    readOnly: isReadOnly,
    'aria-label': isLabelled ? undefined : label,
    'aria-invalid': faulty !== undefined || (isBlocking === true && edit === undefined) || undefined,
    'aria-describedby': `${id}-about`,
    'data-figure': isFigure(field) || undefined,
    'data-flag': flags ? (isBlocking ? 'blocking' : 'warning') : undefined,
    'data-edited': edit !== undefined || undefined,
    autoComplete: 'off',
    onFocus: () => setActive(field),
    onBlur: () => setTyped(undefined),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => type(currentTarget.value),
    onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Tab' || event.ctrlKey || event.altKey || event.metaKey) return;
      const next = nextStop(sight, field, event.shiftKey ? -1 : 1);
      if (next === undefined) return;
      event.preventDefault();
      focus(next);
    },
  };
  return (
    <div className="order-field">
      {isLabelled && (
        <Text component="label" htmlFor={id} size="xs" fw={500}>
          {name}
        </Text>
      )}
      {isLong ? (
        <textarea rows={2} {...props} />
      ) : (
        <input
          type="text"
          placeholder={isDay(field) && !isReadOnly ? w.dayForm : undefined}
          inputMode={isFigure(field) ? 'decimal' : undefined}
          {...props}
        />
      )}
      <Group gap={6} wrap="nowrap" id={`${id}-about`} className="order-about">
        {faulty ? (
          <About sign={<IconBan size={12} aria-hidden />} text={w.faults[faulty.fault]} />
        ) : edit !== undefined ? (
          <About sign={<IconPencil size={12} aria-hidden />} text={w.typed} />
        ) : (
          <Sureness value={value} />
        )}
        {flags && (isLabelled || edit === undefined) && (
          <About
            sign={<IconAlertTriangle size={13} aria-hidden />}
            text={isBlocking ? w.blocking : w.warning}
            isShort={!isLabelled}
          />
        )}
        {value?.from && <Chip from={value.from} isShort={!isLabelled} tabIndex={-1} />}
      </Group>
    </div>
  );
});

/** A sign with its word, which stands in its title where there is no room. */
function About({ sign, text, isShort }: { sign: ReactNode; text: string; isShort?: boolean }) {
  return (
    <span className="order-sign" title={isShort ? text : undefined}>
      {sign}
      {isShort ? <VisuallyHidden>{text}</VisuallyHidden> : <span>{text}</span>}
    </span>
  );
}

/** How sure the reader is, in a word and by a sign. */
export function Sureness({ value }: { value: Sourced | undefined }) {
  const w = useWords(words);
  if (value === undefined) return <About sign={<IconBan size={12} aria-hidden />} text={w.missing} />;
  const { source, confidence } = value;
  const Sign = confidence >= 0.9 ? IconAntennaBars5 : confidence >= 0.7 ? IconAntennaBars4 : IconAntennaBars2;
  const text = source !== 'file' ? w[source] : confidence >= 0.9 ? w.sure : confidence >= 0.7 ? w.fairly : w.unsure;
  return <About sign={<Sign size={14} aria-hidden />} text={text} />;
}

interface ChipProps {
  from: NonNullable<Sourced['from']>;
  isShort?: boolean;
  /** -1 beside a field, which shows the cell when it has the focus */
  tabIndex?: number;
}

/** The cell that a value stands in; it leads there. */
export function Chip({ from, isShort, tabIndex }: ChipProps) {
  const w = useWords(words);
  const { showCell } = useDesk();
  const place = placeOf(from);
  return (
    <UnstyledButton
      className="order-chip"
      tabIndex={tabIndex}
      aria-label={w.showCell(place)}
      title={place}
      onClick={() => showCell(from, true)}
    >
      {isShort && from.cell !== undefined ? from.cell : place}
    </UnstyledButton>
  );
}
