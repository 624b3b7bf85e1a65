import { definePart } from '../part';
import { recordingContracts } from './contract';
import { recordingRoutes } from './routes';

export const recordings = definePart(recordingContracts, recordingRoutes);
