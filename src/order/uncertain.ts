import type { Anomaly, FileReading } from '../../schemas/order/order';

/**
 * Whether the columns are unknown: a person has to be asked, and a model may be asked first. In a file of its own,
 * because children that read need it and nothing else of what asks a model.
 */
export const isUncertain = (reading: Pick<FileReading, 'outcome' | 'reason' | 'anomalies'>): boolean =>
  (reading.outcome === 'not_an_order' && reading.reason?.code === 'no_table') || reading.anomalies.some(isDoubt);

export const isDoubt = ({ code, severity }: Anomaly): boolean =>
  code === 'columns.uncertain' && severity === 'blocking';
