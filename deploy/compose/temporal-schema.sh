#!/bin/sh
# Creates Temporal's two databases in PostgreSQL, or brings them up to date. May be repeated.
set -eu

prepare() {
  database=$1 folder=$2
  run() {
    temporal-sql-tool --plugin postgres12 --ep "$POSTGRES_SEEDS" -p "$DB_PORT" -u "$POSTGRES_USER" --db "$database" "$@"
  }
  run create
  run setup-schema -v 0.0
  run update-schema -d "/etc/temporal/schema/postgresql/v12/$folder/versioned"
}

prepare temporal temporal
prepare temporal_visibility visibility
