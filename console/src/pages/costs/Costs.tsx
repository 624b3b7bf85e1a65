import { Alert, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Go, pathOf } from '../../parts/Go';
import { Page } from '../../parts/Page';
import { PlainTable } from '../../parts/PlainTable';
import { Section } from '../../parts/Section';
import { wordOf } from '../../parts/search';
import { Empty } from '../../parts/states';
import { Bar } from './Bar';
import { costsQuery, type CostReport } from './queries';
import { PERIODS } from './route';
import { Today } from './Today';
import { words } from './words';

export const page = createLazyRoute('/costs')({ component: Costs });

/** What models have cost, against the limits. */
function Costs() {
  const w = useWords(words);
  const format = useFormat();
  const { days = '30' } = page.useSearch();
  const navigate = page.useNavigate();
  const query = useQuery(costsQuery(days));
  return (
    <Page
      title={w.title}
      about={
        <Text size="sm" c="dimmed">
          {w.about} {query.data && w.prices(format.day(query.data.prices_as_of))}
        </Text>
      }
      actions={
        <NativeSelect
          size="xs"
          aria-label={w.period}
          value={days}
          data={PERIODS.map((value) => ({ value, label: w.periods[value] }))}
          onChange={({ currentTarget }) => void navigate({ search: { days: wordOf(PERIODS, currentTarget.value) } })}
        />
      }
    >
      <Asked query={query}>{(report) => <Report report={report} />}</Asked>
    </Page>
  );
}

function Report({ report }: { report: CostReport }) {
  const w = useWords(words);
  const format = useFormat();
  const { days, processes, runs, models, currency, period } = report;
  const money = (amount: string) => format.money(Number(amount), currency);
  const unpriced = days.reduce((sum, day) => sum + day.unpriced, 0);
  const bars = (rows: readonly { money: string; tokens: number }[]) => {
    const most = (of: (row: { money: string; tokens: number }) => number) => Math.max(...rows.map(of), 0) || 1;
    const [dearest, longest] = [most((row) => Number(row.money)), most((row) => row.tokens)];
    return (row: { money: string; tokens: number }) => [
      <Bar key="money" words={money(row.money)} share={Number(row.money) / dearest} />,
      <Bar key="tokens" words={format.number(row.tokens)} share={row.tokens / longest} />,
    ];
  };
  const [ofDay, ofProcess, ofRun, ofModel] = [bars(days), bars(processes), bars(runs), bars(models.spent)];
  return (
    <Stack>
      <Today report={report} />
      <Text size="sm">{w.from(format.day(period.from), format.day(period.to))}</Text>
      {unpriced > 0 && <Alert color="yellow">{w.unpricedAbout(format.number(unpriced))}</Alert>}
      {days.length === 0 && <Empty>{w.none}</Empty>}
      {days.length > 0 && (
        <Section title={w.days}>
          <PlainTable
            label={w.days}
            heads={[w.day, w.money, w.tokens, w.unpriced]}
            rows={days.toReversed().map((day) => [format.day(day.day), ...ofDay(day), format.number(day.unpriced)])}
          />
        </Section>
      )}
      {processes.length > 0 && (
        <Section title={w.processes}>
          <PlainTable
            label={w.processes}
            heads={[w.process, w.runCount, w.money, w.tokens]}
            rows={processes.map((row) => [row.process ?? w.others, format.number(row.runs), ...ofProcess(row)])}
          />
        </Section>
      )}
      {models.spent.length > 0 && (
        <Section title={w.models}>
          <Text size="sm" c="dimmed">
            {w.modelsSince(format.instant(models.since))}
          </Text>
          <PlainTable
            label={w.models}
            heads={[w.model, w.money, w.tokens, w.kinds]}
            rows={models.spent.map((row) => {
              const { prompt, cached, written, completion } = row.by_kind;
              return [row.model, ...ofModel(row), [prompt, cached, written, completion].map(format.number).join(' · ')];
            })}
          />
        </Section>
      )}
      {runs.length > 0 && (
        <Section title={w.runs}>
          <PlainTable
            label={w.runs}
            heads={[w.run, w.money, w.tokens, w.lastDay]}
            rows={runs.map((row) => [
              <Go key="run" to={pathOf('runs', row.workflow_id)}>
                {row.workflow_id}
              </Go>,
              ...ofRun(row),
              format.day(row.last_day),
            ])}
          />
          {report.runs_left_out > 0 && <Text size="sm">{w.leftOut(format.number(report.runs_left_out))}</Text>}
        </Section>
      )}
    </Stack>
  );
}
