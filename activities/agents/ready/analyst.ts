import {
  compareGroups,
  CompareGiven,
  Comparison,
  describe,
  DescribeGiven,
  Description,
  trend,
  Trend,
  TrendGiven,
} from '../../../src/agents/analyst';
import { defineTask, defineTaskAgent } from '../task-agent';

const rows = [
  { day: '2026-03-01', team: 'north', hours: 7.5 },
  { day: '2026-03-02', team: 'south', hours: 0.1 },
  { day: '2026-03-03', team: 'south', hours: 0.2 },
  { day: '2026-03-04', team: 'north', hours: 'ill' },
];

/** Computes figures from rows. */
export const analyst = defineTaskAgent({
  name: 'analyst',
  version: '1.0.0',
  description: 'Computes figures, comparisons and trends from rows, and tells what they leave out',
  tasks: {
    describe: defineTask({
      description: 'Count, sum, mean, median, least and most of each field that holds numbers',
      given: DescribeGiven,
      output: Description,
      example: { input: { rows } },
      rules: describe,
    }),
    compare_groups: defineTask({
      description: 'The same figures of one field for each value of another, with shares',
      given: CompareGiven,
      output: Comparison,
      example: { parameters: { by: 'team', value: 'hours' }, input: { rows } },
      rules: compareGroups,
    }),
    trend: defineTask({
      description: 'The course of a field in time: first, last, change, slope',
      given: TrendGiven,
      output: Trend,
      example: { parameters: { time: 'day', value: 'hours' }, input: { rows } },
      rules: trend,
    }),
  },
});
