#!/usr/bin/env bash
# The measures of truth inference: accuracy, speed beside crowd-kit, a million answers, adaptive overlap, calibration.
#   measures/truth.sh [DATA]      NO_GLAD=1 leaves out what takes crowd-kit minutes
set -uo pipefail
cd "$(dirname "$0")/.."
data=$(realpath "${1:-${DATA:-../shared/data/crowd}}")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/akhra/crowd-kit-1.4.1
build=$(mktemp -d) && trap 'rm -rf "$build"' EXIT
export CGO_ENABLED=0

here() { "$cache/bin/python" -c 'import importlib.util, sys; sys.exit(not importlib.util.find_spec("crowdkit"))' 2>/dev/null; }
here || { python3 -m venv "$cache" && "$cache/bin/pip" install -q crowd-kit==1.4.1; }
beside=()
if here; then beside=(--crowdkit "$cache/bin/python"); else echo "crowd-kit 1.4.1 is not to be had: our figures stand alone." >&2; fi
[ -n "${NO_GLAD:-}" ] && beside+=(--no-glad)

go build -o "$build/akhra" ./cmd/akhra && go test -c -o "$build/bench" ./inference || exit 1
met=0
python3 measures/truth.py --data "$data" --akhra "$build/akhra" --bench "$build/bench" "${beside[@]}" || met=1

figures() { # TITLE PACKAGE, then the arguments of go test
	echo; echo "== $1"
	go test "$2" "${@:3}" -count=1 -timeout 60m -v | grep -vE '^(=== |goos|goarch|pkg|cpu|PASS|ok )'
	[ "${PIPESTATUS[0]}" = 0 ] || met=1
}
figures "A million planted answers, 100,000 tasks, 10 classes, 1,000 annotators" ./truth -run '^$' -bench Million
figures "One answer more among a million" ./truth -run '^$' -bench Online
figures "Answers taken one by one against a fit over all" ./truth -run OneByOne
figures "What posteriors claim after fifty known tasks" ./truth -run Fifty
figures "Asking until sure: right @ answers per task, ten orders" ./truth -run AskingUntil
figures "The same through the whole product" ./sim -run '^$' -bench Asking -benchtime 1x
exit $met
