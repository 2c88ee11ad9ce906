#!/usr/bin/env bash
# Installs what the tests need, builds once, runs every test, and ends with one line: N passed, N failed (, N skipped).
#   fast [NAME]        builds one project, installs nothing, and runs the tests that need no host and no process: under a minute.
#                      With NAME: the classes with NAME in their name, also those of the integration tests
#   --faults [ROW...]  only the fault suite in full size: every row or those named, on this machine's own servers and on those of Debian 13, into docs/faults.md
#   --mutations        the rows that must notice it when a check is switched off, once for each, into docs/faults.md
#   --hostile          the poison corpus through every door on SQLite and PostgreSQL: a quarter of an hour
#   --rehearsals       a broker of three is lost, a replica of PostgreSQL is promoted, a second hub takes over; two thousand people
#                      register while a server is killed twenty times: six minutes
#   --neighbours [REV] the previous version, of tests/previous-version or REV, beside this one: five minutes
#   --coverage         which lines the tests in Tests and IntegrationTests run through: by project, and what they miss most
#   --screens          the pictures of docs/screens.md
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Programs live for minutes here: what makes their code faster later costs more than it brings.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCounting=0

program() { # project
  echo "tests/$1/bin/Debug/net10.0/$1"
}

if [ "${1:-}" = fast ]; then
  project=Interclustering.Tests
  # A class that needs hosts, databases or brokers is looked for where those are.
  if [ -n "${2:-}" ] && ! grep -rqs --include='*.cs' "class [A-Za-z0-9]*$2" "tests/$project"; then
    project=Interclustering.IntegrationTests
  fi
  dotnet build "tests/$project" -v quiet --nologo -clp:ErrorsOnly || exit 1
  exec "$(program "$project")" ${2:+-class "*$2*"}
fi

# Debian packages, each with the file by which its presence is known.
needed=(
  "rabbitmq-server:/usr/lib/rabbitmq/bin/rabbitmq-server"
  "postgresql:/usr/lib/postgresql"
  "chromium:/usr/bin/chromium"
  "fonts-dejavu-core:/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"
  "php-cli:/usr/bin/php"
  "python3-jsonschema:/usr/lib/python3/dist-packages/jsonschema"
  "python3-icalendar:/usr/lib/python3/dist-packages/icalendar"
  "python3-recurring-ical-events:/usr/lib/python3/dist-packages/recurring_ical_events.py"
  "khal:/usr/bin/khal"
  "python3-feedparser:/usr/lib/python3/dist-packages/feedparser"
  "faketime:/usr/bin/faketime"
  "prometheus:/usr/bin/promtool"
  "openssl:/usr/bin/openssl"
  "podman:/usr/bin/podman"
  "runc:/usr/sbin/runc"
  "debootstrap:/usr/sbin/debootstrap"
  "netavark:/usr/lib/podman/netavark"
  "aardvark-dns:/usr/lib/podman/aardvark-dns"
  "containernetworking-plugins:/usr/lib/cni/bridge"
  "iptables:/usr/sbin/iptables"
  "python3-cryptography:/usr/lib/python3/dist-packages/cryptography"
  "python3-pika:/usr/lib/python3/dist-packages/pika"
  "caddy:/usr/bin/caddy"
  "systemd:/usr/bin/systemd-analyze"
)
missing=()
for pair in "${needed[@]}"; do
  [ -e "${pair#*:}" ] || missing+=("${pair%%:*}")
done
if [ "${#missing[@]}" -gt 0 ]; then
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "The tests need ${missing[*]}: run this as root, or install them."; exit 1; }
    as_root=(sudo)
  fi
  echo "Installing ${missing[*]}"
  # The packages start their own servers otherwise; the tests start theirs.
  log=$(mktemp)
  { "${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 ||
    { tail -n 20 "$log"; echo "The packages could not be installed."; exit 1; }
  rm -f "$log"
fi

echo "Building"
dotnet format whitespace --folder . --verify-no-changes || { echo "Run: dotnet format whitespace --folder ."; exit 1; }
dotnet build Interclustering.sln -v quiet --nologo -clp:ErrorsOnly || exit 1

fault_tests=$(program Interclustering.FaultTests)
case "${1:-}" in
  --faults)
    shift
    status=0
    faults() { # class, and the folder of the Debian that its servers are from
      local table
      table=$(mktemp)
      INTERCLUSTERING_FAULTS="${rows:-all}" INTERCLUSTERING_FAULT_TABLE="$table" "$fault_tests" -class "*.$1" -showLiveOutput || status=1
      /usr/bin/python3 tests/fault_report.py faults "$table" "$2"
      rm -f "$table"
    }
    rows="$*"
    # One after the other: side by side they would take the machine's time from each other, and agreement has a limit in time.
    faults FaultSuite ""
    if debian13=$(tests/debian13.sh); then
      faults FaultSuiteOnDebian13 "$debian13"
    else
      echo "Not run on Debian 13: $debian13"
      status=1
    fi
    exit "$status"
    ;;
  --hostile)
    INTERCLUSTERING_HOSTILE=1 "$(program Interclustering.IntegrationTests)" -namespace 'Interclustering.IntegrationTests.Poison' -longRunning 120
    exit $?
    ;;
  --rehearsals)
    INTERCLUSTERING_REHEARSALS=1 "$(program Interclustering.IntegrationTests)" -class '*.OutgrownMachine' -class '*.RegistrationRehearsal' -showLiveOutput
    exit $?
    ;;
  --neighbours)
    previous=${2:-$(cat tests/previous-version)} folder=$(mktemp -d)
    mkdir "$folder/source"
    git archive "$previous" | tar -x -C "$folder/source" || { echo "The history has no $previous."; exit 1; }
    echo "Building $previous"
    (cd "$folder/source" && dotnet build src/Interclustering.Server -p:TreatWarningsAsErrors=false -p:MSBuildTreatWarningsAsErrors=false -o "$folder/server" -v quiet --nologo -clp:ErrorsOnly) || exit 1
    INTERCLUSTERING_PREVIOUS="$folder/server/Interclustering.Server.dll" "$(program Interclustering.IntegrationTests)" -class '*.NeighbouringVersions'
    status=$?
    rm -rf "$folder"
    exit "$status"
    ;;
  --coverage)
    folder=$(mktemp -d) status=0
    for project in Interclustering.Tests Interclustering.IntegrationTests; do
      dotnet build "tests/$project" -p:Coverage=true -o "$folder/$project" -v quiet --nologo -clp:ErrorsOnly || exit 1
      "$folder/$project/$project" --coverlet --coverlet-output-format cobertura --coverlet-include '[Interclustering.*]*' \
        --results-directory "$folder/results" --no-progress >"$folder/output" 2>&1 || { tail -n 40 "$folder/output"; status=1; }
    done
    /usr/bin/python3 tests/coverage.py "$folder"/results/*.xml
    rm -rf "$folder"
    exit "$status"
    ;;
  --screens)
    rm -rf docs/screens && mkdir -p docs/screens
    INTERCLUSTERING_SCREENS="$PWD/docs" "$(program Interclustering.BrowserTests)" -class '*Screens'
    exit $?
    ;;
  --mutations)
    table=$(mktemp) folder=$(mktemp -d) green=0
    for mutation in $(/usr/bin/python3 tests/mutate.py); do
      echo "Without $mutation"
      rm -rf "${folder:?}"/*
      cp -r src contracts Directory.Build.props Directory.Packages.props global.json .editorconfig "$folder"
      find "$folder" -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
      /usr/bin/python3 tests/mutate.py "$mutation" "$folder" || exit 1
      dotnet build "$folder/src/Interclustering.Server" -p:TreatWarningsAsErrors=false -p:MSBuildTreatWarningsAsErrors=false -o "$folder/out" -v quiet --nologo -clp:ErrorsOnly || exit 1
      INTERCLUSTERING_FAULTS=mutation INTERCLUSTERING_SERVER="$folder/out/Interclustering.Server.dll" \
        "$fault_tests" -class '*.FaultSuite' -stopOnFail >"$folder/output" 2>&1 && green=1
      /usr/bin/python3 tests/fault_report.py mutation "$folder/output" "$mutation" | tee -a "$table"
    done
    /usr/bin/python3 tests/fault_report.py mutations "$table"
    rm -rf "$folder"
    exit "$green"
    ;;
esac

passed=0 failed=0 skipped=0
run() { # project
  local results name output
  name=$1
  results=$(mktemp -d)
  echo "Running $name"
  output="$results/output"
  "$(program "$name")" -result-xml "$results/results.xml" >"$output" 2>&1
  local status=$?
  if [ ! -s "$results/results.xml" ]; then
    tail -n 60 "$output"
    echo "$name ended without results (exit $status)."
    failed=$((failed + 1))
    return
  fi
  local counts
  counts=$(/usr/bin/python3 tests/summary.py "$results/results.xml")
  printf '%s\n' "$counts" | sed '$d'
  read -r p f s <<<"$(printf '%s\n' "$counts" | tail -n 1)"
  if [ "$f" -gt 0 ]; then tail -n 120 "$output"; fi
  if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then tail -n 60 "$output"; f=1; fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  rm -rf "$results"
}
for project in Interclustering.Tests Interclustering.IntegrationTests Interclustering.BrowserTests Interclustering.FaultTests; do
  run "$project"
done

line="$passed passed, $failed failed"
[ "$skipped" -gt 0 ] && line="$line, $skipped skipped"
echo "$line"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
