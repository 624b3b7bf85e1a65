#!/bin/sh
# Removes from node_modules what no role of AWE reads at run time. Run in the folder that holds node_modules.
set -eu
cd node_modules

# Temporal's core: libraries for five platforms, and its sources.
case "$(uname -m)" in
  x86_64) platform=x86_64-unknown-linux-gnu ;;
  aarch64 | arm64) platform=aarch64-unknown-linux-gnu ;;
  *) echo "prune: Temporal has no library for $(uname -m)" >&2; exit 1 ;;
esac
core=@temporalio/core-bridge
test -d "$core/releases/$platform"
find "$core/releases" -mindepth 1 -maxdepth 1 ! -name "$platform" -exec rm -rf {} +
rm -rf "$core/sdk-core" "$core/bridge-macros" "$core/src"

# The compiler that bundles workflows: the bundle is in the image already.
rm -rf @swc

# A peer of Qdrant's client, which needs its types alone.
rm -rf typescript @typescript

# Builds for browsers and bundlers.
rm -rf exceljs/dist rxjs/dist/bundles rxjs/dist/esm rxjs/dist/esm5 rxjs/src
rm -f swagger-ui-dist/swagger-ui-es-bundle*.js swagger-ui-dist/swagger-ui.js
find @opentelemetry -type d \( -path '*/build/esm' -o -path '*/build/esnext' \) -prune -exec rm -rf {} +

# Maps, types and texts.
find . -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
find . -type f \( -iname 'readme*' -o -iname 'changelog*' -o -iname 'history.md' \) ! -name '*.js' -delete
