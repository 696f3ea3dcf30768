# What script/demo and script/test share: a Python that is new enough, and a virtual environment that fits the pins.
# To be sourced from the project's folder, by bash. Sets PYTHON.

say() { printf '%s\n' "$*" >&2; }

may_use_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
    say "Installing with apt: $*"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"; } </dev/null >&2
}

find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    say "Python 3.11 or newer is needed and was not found: apt-get install python3 python3-venv, or brew install python3"
    exit 2
}

# Debian takes venv out of Python and puts it into a package of its own.
need_venv() {
    local python=$1 package
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    package=$(basename "$python")-venv
    if may_use_apt && apt_install "$package" && "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        return
    fi
    say "$python cannot make a virtual environment. Run this line, then start again:"
    say "    sudo apt-get install -y $package"
    exit 2
}

pins() { cat requirements*.txt | cksum; }

# prepare_venv requirements-file [the file it includes]: install the pins once, and again when any of them has changed.
# SPORTELLO_VENV names another folder than .venv, for instance one that several copies of the project share.
prepare_venv() {
    local venv=${SPORTELLO_VENV:-$PWD/.venv} requirements=$1 stamp python
    PYTHON=$venv/bin/python
    stamp=$venv/.installed-$requirements
    if [ -x "$PYTHON" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$(pins)" ]; then
        return
    fi
    if ! "$PYTHON" -m pip --version >/dev/null 2>&1; then
        python=$(find_python) || exit $?
        need_venv "$python"
        say "Making $venv with $("$python" --version)"
        "$python" -m venv --clear "$venv"
    fi
    say "Installing $requirements (once; it takes a minute or two)"
    if ! PIP_ROOT_USER_ACTION=ignore "$PYTHON" -m pip install -qq --no-input --disable-pip-version-check \
        -r "$requirements" </dev/null >&2; then
        say "The packages of $requirements could not be installed: is the package index within reach? Start again when it is."
        exit 1
    fi
    for requirements; do pins >"$venv/.installed-$requirements"; done
}
