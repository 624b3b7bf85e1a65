import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { operators } from '../../api/session';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Allowed } from '../../parts/Allowed';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { Go, pathOf } from '../../parts/Go';
import { Json } from '../../parts/Json';
import { Time } from '../../parts/Time';
import { Entry } from './Entry';
import { letterQuery, type Action, type LetterDetail } from './queries';
import { words } from './words';

interface LetterPanelProps {
  id: string;
  onClose: () => void;
  onAct: (action: Action) => void;
}

/** A dead letter: why it died, and its entry. */
export function LetterPanel({ id, onClose, onAct }: LetterPanelProps) {
  const w = useWords(words);
  const query = useQuery(letterQuery(id));
  const heading = useRef<HTMLHeadingElement>(null);
  // on a narrow window it stands below the list
  useEffect(() => void heading.current?.scrollIntoView({ block: 'nearest' }), [id]);
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="letter-title">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Title order={2} size="h5" id="letter-title" ref={heading} className="foreign">
            {w.letter(id)}
          </Title>
          <Button size="compact-sm" variant="default" flex="none" onClick={onClose}>
            {w.close}
          </Button>
        </Group>
        <Asked query={query}>
          {(letter) => (
            <>
              <Group gap="xs">
                <Allowed size="xs" roles={operators} onClick={() => onAct('redrive')}>
                  {w.redriveOne}
                </Allowed>
                <Allowed size="xs" variant="default" roles={operators} onClick={() => onAct('discard')}>
                  {w.discardOne}
                </Allowed>
              </Group>
              <About letter={letter} />
              <Entry key={letter.id} letter={letter} />
              {letter.input !== undefined && (
                <>
                  <Title order={3} size="h6">
                    {w.input}
                  </Title>
                  <Json value={letter.input} label={w.input} />
                </>
              )}
            </>
          )}
        </Asked>
      </Stack>
    </Paper>
  );
}

function About({ letter }: { letter: LetterDetail }) {
  const w = useWords(words);
  const format = useFormat();
  const { task, error } = letter;
  return (
    <Facts
      facts={[
        [
          w.error,
          <Text key="error" size="sm" className="foreign">
            <code>{error.class}</code> {error.message}
          </Text>,
        ],
        [w.stage, w.stages[letter.stage]],
        [w.event, letter.event_type && <code>{letter.event_type}</code>],
        [w.job, task && <Go to={pathOf('jobs', task.job_id)}>{task.job_id}</Go>],
        [w.step, task && `${task.step}${task.uses ? ` (${task.uses})` : ''}`],
        [w.rounds, task && [task.rounds, task.attempts, task.recoveries].map(format.number).join(', ')],
        [w.died, <Time key="at" at={letter.at} />],
        [w.first, <Time key="first" at={letter.first_at} />],
        [w.last, <Time key="last" at={letter.last_at} />],
        [w.attempts, task ? undefined : format.number(letter.deliveries)],
        [w.process, letter.process],
        [w.group, letter.group],
        [w.stream, letter.stream],
        [w.entry, letter.entry_id],
        [w.size, format.bytes(letter.raw_bytes)],
        [w.redrivenBy, letter.redriven_by],
      ]}
    />
  );
}
