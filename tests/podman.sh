#!/usr/bin/env bash
# Makes the images of RabbitMQ that the container tests need, from Debian's own packages: no registry is asked.
# Usage: podman.sh FOLDER    writes FOLDER/containers.conf, and the image into podman's own storage unless it is there.
# Exit code 3: containers can't be tried on this machine; the reason is printed.
set -euo pipefail
folder=$1
image=docker.io/library/rabbitmq:3.10
for program in podman runc debootstrap; do
  command -v "$program" >/dev/null || PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || { echo "$program is not installed"; exit 3; }
done
[ "$(id -u)" -eq 0 ] || { echo "making an image needs root"; exit 3; }

# crun refuses hybrid cgroups, and limits can't be raised inside a container.
cat >"$folder/containers.conf" <<'CONF'
[containers]
default_ulimits = ["nofile=4096:4096","nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
CONF
export CONTAINERS_CONF=$folder/containers.conf

podman info >"$folder/info" 2>&1 || { echo "podman does not work here: $(tail -n 1 "$folder/info")"; exit 3; }
podman image exists "$image" && exit 0

# shellcheck source=tests/mirror.sh
. "$(dirname "$0")/mirror.sh"
mirror=$(mirror) || { echo "no Debian mirror is configured"; exit 3; }
root=$folder/root
PATH=$PATH:/usr/sbin debootstrap --variant=minbase --include=rabbitmq-server,ca-certificates bookworm "$root" "$mirror" >"$folder/debootstrap.log" 2>&1 ||
  { echo "debootstrap failed: $(tail -n 1 "$folder/debootstrap.log")"; exit 3; }
tar -C "$root" -c . | podman import -q --change 'ENV RABBITMQ_LOGS=-' --change 'EXPOSE 5672' --change 'CMD ["/usr/lib/rabbitmq/bin/rabbitmq-server"]' - "$image"
rm -rf "$root"
