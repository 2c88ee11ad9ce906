#!/usr/bin/env bash
# Makes a Debian 13 in a folder, with the RabbitMQ 4 and the PostgreSQL 17 that docker-compose.yml names: no registry is asked.
# Usage: debian13.sh    makes it unless it is there (a minute or two, 600 MB), and prints where it is. Remove that folder to have it made anew.
# Exit code 3: it can't be made on this machine; the reason is printed.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
folder=/var/cache/interclustering-tests/debian13
[ "$(id -u)" -eq 0 ] || { echo "running programs of another Debian needs root"; exit 3; }
unshare --mount true 2>/dev/null || { echo "nothing can be mounted here"; exit 3; }
[ -d "$folder" ] && { echo "$folder"; exit 0; }
command -v debootstrap >/dev/null || { echo "debootstrap is not installed"; exit 3; }
# shellcheck source=tests/mirror.sh
. "$(dirname "$0")/mirror.sh"
mirror=$(mirror) || { echo "no Debian mirror is configured"; exit 3; }

mkdir -p "$(dirname "$folder")"
# Who comes second waits, and finds it made. The lock ends with this process, whatever ends that.
exec 9>"$folder.lock"
flock 9
[ -d "$folder" ] && { echo "$folder"; exit 0; }
new=$folder.new
rm -rf "$new"
# What debootstrap mounts is gone when it is, also when it is killed: the mounts are in a namespace of its own. It lets no package start its server.
unshare --mount --propagation private debootstrap --variant=minbase --include=rabbitmq-server,postgresql trixie "$new" "$mirror" >"$folder.log" 2>&1 9>&- ||
  { echo "debootstrap failed: $(tail -n 1 "$folder.log")"; rm -rf "$new"; exit 3; }
rm -rf "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/*
# Only a whole one has its name.
mv "$new" "$folder"
echo "$folder"
