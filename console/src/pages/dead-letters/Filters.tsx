import { Group, NumberInput } from '@mantine/core';
import { useWords } from '../../i18n/words';
import { Choice } from '../../parts/Choice';
import { FilterField } from '../../parts/FilterField';
import { AGES, STAGES } from './filters';
import { numberOf } from '../../parts/search';
import type { DeadLettersSearch } from './route';
import { words } from './words';

interface FiltersProps {
  search: DeadLettersSearch;
  onChange: (change: DeadLettersSearch) => void;
}

/** What of the dead letters is shown. */
export function Filters({ search, onChange }: FiltersProps) {
  const w = useWords(words);
  return (
    <Group gap="xs" align="flex-end">
      <Choice
        {...{ label: w.stage, any: w.anywhere, values: STAGES, words: w.stages, value: search.stage }}
        onChange={(stage) => onChange({ stage })}
      />
      <Choice
        {...{ label: w.age, any: w.anyAge, values: AGES, words: w.ages, value: search.age }}
        onChange={(age) => onChange({ age })}
      />
      <FilterField
        label={w.reason}
        value={search.error_class}
        placeholder="http.status"
        onChange={(error_class) => onChange({ error_class })}
      />
      <FilterField
        label={w.event}
        value={search.event_type}
        placeholder="AUDIT.REQUESTED"
        onChange={(event_type) => onChange({ event_type })}
      />
      <FilterField label={w.group} value={search.group} onChange={(group) => onChange({ group })} />
      <FilterField label={w.process} value={search.process} onChange={(process) => onChange({ process })} />
      <NumberInput
        size="xs"
        w={130}
        min={1}
        allowDecimal={false}
        label={w.attemptsAtLeast}
        value={search.attempts ?? ''}
        onChange={(value) => onChange({ attempts: numberOf(value) })}
      />
    </Group>
  );
}
