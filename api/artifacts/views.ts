import type { ArtifactLink } from '../../schemas/api';
import type { ArtifactRef } from '../../schemas/refs';
import { addressOf } from '../links';
import { artifactContracts } from './contract';

/** An artifact, and the address to get it from. */
export const artifactOf = (artifact: ArtifactRef): ArtifactLink => ({
  ...artifact,
  href: `${addressOf(artifactContracts.downloadArtifact, {})}?path=${encodeURIComponent(artifact.path)}`,
});
