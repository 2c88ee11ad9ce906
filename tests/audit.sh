#!/usr/bin/env bash
# Reports which packages have a known hole, or a later version within their major one. It changes nothing, and always ends with 0: an advisory, or
# a source that does not answer, is news for people, and breaks no build.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
echo "Known holes:"
dotnet list Interclustering.sln package --vulnerable --include-transitive 2>&1 | grep -vE "^(The following sources|   https?:|$)" || true
echo "Later versions:"
dotnet list Interclustering.sln package --outdated --highest-minor 2>&1 | grep -E "^ +>" | sort -u || true
exit 0
