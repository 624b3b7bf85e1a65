import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../../api/session';
import { useWords } from '../../i18n/words';
import { useKeys } from '../../keys/keys';
import { Allowed } from '../../parts/Allowed';
import { Facts } from '../../parts/Facts';
import { Json } from '../../parts/Json';
import { Time } from '../../parts/Time';
import { DecideDialog } from './DecideDialog';
import { words } from './decide.words';
import { drawnIn } from './model';
import { NewSince } from './NewSince';
import { PlanFacts } from './PlanFacts';
import type { Question, Run } from './queries';

/** Questions that have a page of their own, by the folder of their subject. */
const ELSEWHERE: Readonly<Record<string, string>> = { order_validation: '/orders', missing_rows: '/projects' };

const KEYS: Readonly<Record<string, string>> = { approve: 'a', reject: 'r' };

/** What a run waits for, each with what it will touch and cost, and what is new. */
export function Questions({ run }: { run: Run }) {
  const w = useWords(words);
  const may = useMay('approver');
  const [deciding, setDeciding] = useState<{ question: Question; choice: string }>();
  const open = run.approvals.filter(({ status }) => status === 'open');
  const first = open.find(({ kind }) => !(kind in ELSEWHERE));
  useKeys(
    w.keys,
    (may && first ? first.choices : []).flatMap((choice) => {
      const key = KEYS[choice];
      const run = () => first && setDeciding({ question: first, choice });
      return key === undefined ? [] : [{ keys: key, words: wordOf(w.choices, choice), run }];
    }),
  );
  return (
    <>
      {open.map((question) => (
        <Asking
          key={question.approval_id}
          run={run}
          question={question}
          isFirst={question === first}
          onChoice={(choice) => setDeciding({ question, choice })}
        />
      ))}
      {deciding && <DecideDialog run={run} {...deciding} onClose={() => setDeciding(undefined)} />}
    </>
  );
}

const wordOf = (known: Readonly<Record<string, string>>, word: string): string => known[word] ?? word;

interface AskingProps {
  run: Run;
  question: Question;
  isFirst: boolean;
  onChoice: (choice: string) => void;
}

function Asking({ run, question, isFirst, onChoice }: AskingProps) {
  const w = useWords(words);
  const { kind, choices, shows, assignee, due_at, expires_at } = question;
  const drawn = drawnIn(question);
  const folder = ELSEWHERE[kind];
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconHelpCircle />}
      title={<Title order={2} size="h5">{`${w.waits}: ${wordOf(w.kinds, kind)}`}</Title>}
    >
      <Stack gap="sm">
        <Text className="foreign">{question.question}</Text>
        <Facts
          facts={[
            [w.assignee, assignee],
            [w.due, <Time key="due" at={due_at} />],
            [w.expires, <Time key="expires" at={expires_at} />],
          ]}
        />
        {drawn ? (
          <>
            <NewSince workflowId={run.workflow_id} drawn={drawn} />
            <PlanFacts drawn={drawn} />
          </>
        ) : (
          shows !== undefined && shows !== null && folder === undefined && <Json value={shows} label={w.shown} />
        )}
        {folder === undefined ? (
          <Group gap="xs">
            {choices.map((choice) => (
              <Allowed
                key={choice}
                roles={['approver']}
                onClick={() => onChoice(choice)}
                size="sm"
                variant={choice === choices[0] ? 'filled' : 'default'}
              >
                {wordOf(w.choices, choice)}
                {isFirst && KEYS[choice] ? ` (${KEYS[choice]})` : ''}
              </Allowed>
            ))}
          </Group>
        ) : (
          <Group gap="xs">
            <Text size="sm">{w.elsewhere}</Text>
            <Button
              size="xs"
              renderRoot={(props) => <Link to={`${folder}/${encodeURIComponent(run.subject.id)}` as '/'} {...props} />}
            >
              {w.open}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
