#!/bin/sh
# Takes the variables of Bitnami's image.
export POSTGRES_USER="${POSTGRESQL_USERNAME:-postgres}" POSTGRES_PASSWORD="${POSTGRESQL_PASSWORD:-}" POSTGRES_DB="${POSTGRESQL_DATABASE:-}"
exec docker-entrypoint.sh "$@"
