# AWE: one image for every role. `docker build -t awe .`, then `docker run awe serve worker`.
ARG NODE=node:24.22.1-bookworm-slim

# Compiles, and bundles the workflows, so that a worker starts at once.
FROM ${NODE} AS build
WORKDIR /awe
COPY package.json package-lock.json .npmrc ./
COPY console/package.json console/
# Obeys the lock file, and does not write it. `npm ci` refuses this one: docs/decisions/006-npm-install-not-ci.md
RUN npm install --no-save --loglevel=error
COPY tsconfig.json tsconfig.build.json ./
COPY schemas schemas
COPY core core
COPY workflows workflows
COPY activities activities
COPY workers workers
COPY api api
COPY src src
COPY cli cli
COPY sdk sdk
COPY console console
RUN node_modules/.bin/tsc -p tsconfig.build.json --outDir dist \
  && node dist/workers/bundle.js \
  && npm run --workspace console build -- --outDir ../dist/console --logLevel warn

# What runs needs: no tools for developers, nothing for other platforms.
FROM ${NODE} AS packages
WORKDIR /awe
COPY package.json package-lock.json .npmrc ./
COPY console/package.json console/
COPY deploy/image/prune.sh deploy/image/prune.sh
# The console's packages are needed to build it and not to serve it.
RUN npm install --omit=dev --workspaces=false --no-save --loglevel=error \
  && sh deploy/image/prune.sh

FROM ${NODE}
# Certificates for TLS to a Temporal cluster or cloud: the slim image has none for programs other than Node.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/* \
  && mkdir -p /var/lib/awe/storage /var/lib/awe/gateway /var/lib/awe/proof \
    /var/lib/awe/keys/api /var/lib/awe/keys/gateway /var/lib/awe/keys/worker \
  && chown -R 1000:1000 /var/lib/awe \
  && ln -s /awe/bin/awe /usr/local/bin/awe
WORKDIR /awe
COPY --from=packages /awe/node_modules node_modules
COPY --from=build /awe/dist dist
COPY package.json ./
COPY bin bin
COPY examples examples
COPY policies policies
COPY src/llm/prompts src/llm/prompts
COPY deploy/image/healthy.js deploy/image/healthy.js

# Nothing under /awe is written: the root may be read-only, with a volume at /var/lib/awe/storage and a /tmp.
ENV NODE_ENV=production \
  MALLOC_ARENA_MAX=2 \
  MALLOC_TRIM_THRESHOLD_=131072 \
  AWE_ENV=production \
  AWE_HOST=0.0.0.0 \
  AWE_STATE_DIR=/tmp/awe \
  ARTIFACTS_DIR=/var/lib/awe/storage
USER 1000:1000
EXPOSE 8080 8081 9464
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "/awe/deploy/image/healthy.js"]
ENTRYPOINT ["awe"]
CMD ["serve", "api", "worker", "consumer"]
