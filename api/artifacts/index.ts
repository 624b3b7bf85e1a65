import { definePart } from '../part';
import { artifactContracts } from './contract';
import { artifactRoutes } from './routes';

export const artifacts = definePart(artifactContracts, artifactRoutes);
