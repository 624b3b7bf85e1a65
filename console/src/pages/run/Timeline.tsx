import './timeline.css';
import { Anchor, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Empty } from '../../parts/states';
import { words as states } from '../../parts/status.words';
import { isOpen, type Row } from './model';
import type { Run } from './queries';
import { barsOf, ticksOf, type Bar } from './spans';
import { words } from './step.words';
import { useNow } from './useNow';
import { useRunEvents } from './useRunEvents';

/** px of a bar's row */
const ROW = 28;

interface TimelineProps {
  run: Run;
  rows: readonly Row[];
  onStep: (step: string) => void;
}

/** When each step ran, and how often it was tried. */
export default function Timeline({ run, rows, onStep }: TimelineProps) {
  const w = useWords(words);
  const format = useFormat();
  const now = useNow(isOpen(run));
  const { events } = useRunEvents(run.workflow_id);
  const bars = barsOf(rows, events);
  const viewport = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- it tells by a state of its own what is to be drawn
  const virtual = useVirtualizer({
    count: bars.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW,
    overscan: 20,
  });
  if (bars.length === 0) return <Empty>{w.noTimes}</Empty>;
  const start = Math.min(Date.parse(run.started_at), ...bars.map(({ spans }) => spans[0]?.from ?? Infinity));
  const end = run.ended_at === undefined ? now : Date.parse(run.ended_at);
  const whole = Math.max(1, end - start);
  const share = (at: number) => `${Math.min(100, Math.max(0, ((at - start) / whole) * 100))}%`;
  return (
    <div className="timeline" ref={viewport} tabIndex={0} role="region" aria-label={w.timeline}>
      <div className="timeline-row timeline-axis">
        <Text size="xs" c="dimmed">
          {w.time}
        </Text>
        <div className="timeline-track" aria-hidden>
          {ticksOf(whole).map((tick) => (
            <span key={tick} className="timeline-tick" style={{ insetInlineStart: share(start + tick) }}>
              {tick === 0 ? '0' : format.duration(tick)}
            </span>
          ))}
        </div>
      </div>
      <div role="list" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ key, index, start: top }) => {
          const bar = bars[index];
          return (
            bar && (
              <div
                key={key}
                role="listitem"
                className="timeline-row"
                style={{ position: 'absolute', insetInline: 0, transform: `translateY(${top}px)`, height: ROW }}
              >
                <Anchor
                  component="button"
                  type="button"
                  size="sm"
                  ta="left"
                  truncate
                  pl={bar.row.depth * 12}
                  onClick={() => onStep(bar.row.id)}
                >
                  {bar.row.name}
                </Anchor>
                <Track bar={bar} share={share} now={end} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

interface TrackProps {
  bar: Bar;
  share: (at: number) => string;
  now: number;
}

function Track({ bar: { spans, attempts }, share, now }: TrackProps) {
  const w = useWords(words);
  const known: Readonly<Record<string, string>> = useWords(states);
  const format = useFormat();
  const inWords = spans.map(
    ({ from, to, outcome }) => `${known[outcome] ?? outcome} ${format.duration((to ?? now) - from)}`,
  );
  const said = [...inWords, ...(attempts > 1 ? [w.attemptCount(attempts)] : [])].join(', ');
  return (
    <div className="timeline-track" role="img" aria-label={said} title={said}>
      {spans.map(({ from, to, outcome }) => (
        <span
          key={from}
          className="timeline-span"
          data-outcome={outcome}
          style={{ insetInlineStart: share(from), width: `calc(${share(to ?? now)} - ${share(from)})` }}
        />
      ))}
    </div>
  );
}
