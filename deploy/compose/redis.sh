#!/bin/sh
# Redis with a password that is made at the first start; AWE reads it from the volume that both have. Redis gets it by
# standard input, because others can read a command line.
set -eu
file=${PASSWORD_FILE:-/run/redis/password}
if [ ! -s "$file" ]; then
  head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"$file.new"
  chmod 444 "$file.new"
  mv "$file.new" "$file"
fi
exec docker-entrypoint.sh redis-server "$@" - <<CONF
requirepass $(cat "$file")
CONF
