#!/bin/sh
# Makes interclustering-VERSION-linux-x64.tar.gz, with .NET in it, for a machine that has none, and its SHA-256 sum beside it.
# Usage: infra/publish.sh [FOLDER]    the folder is artifacts, if none is named
set -eu
cd "$(dirname "$0")/.."
artifacts=${1:-artifacts}
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
name=interclustering-$version-linux-x64
mkdir -p "$artifacts"
artifacts=$(cd "$artifacts" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A copy, as the image is built from one: what is restored for another target would stay in the folders of this one.
mkdir "$work/source" "$work/$name"
tar cf - --exclude=bin --exclude=obj global.json Directory.Build.props Directory.Packages.props .editorconfig contracts src |
  tar xf - -C "$work/source"
revision=$(git rev-parse HEAD 2>/dev/null) || revision=
(cd "$work/source" && dotnet publish src/Interclustering.Server --configuration Release --runtime linux-x64 --self-contained true \
  --output "$work/$name" -p:SourceRevisionId="$revision" --nologo -v quiet)
rm -f "$work/$name"/*.pdb "$work/$name"/Interclustering.*.xml
cp -R LICENSE CHANGELOG.md infra/systemd infra/rabbitmq infra/postgres infra/keys infra/caddy "$work/$name/"
tar czf "$artifacts/$name.tar.gz" --owner=0 --group=0 -C "$work" "$name"
(cd "$artifacts" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
printf '%s\n' "$artifacts/$name.tar.gz"
