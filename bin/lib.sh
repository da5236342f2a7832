# Sourced by the commands beside it: a Python, its packages and the compiled catalogues.
# POSIX sh; works on a bare Debian with python3 and pip. Callers stand in the repository's root.

# Without kept bytecode every process would compile its libraries again, which takes longer than all else at its start.
unset PYTHONDONTWRITEBYTECODE

fail() {
    echo "$*" >&2
    exit "${exit_code:-1}"
}

# Can $1 run Attesta? (A version manager's shim may stand on PATH and not run.)
works() {
    "$1" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1
}

# Sets $python to a Python 3.12 to 3.14, or to nothing when this machine has none.
# ATTESTA_PYTHON names one by hand. pyenv's are found also where HOME is not the user's own.
find_python() {
    unset VIRTUAL_ENV PYENV_VERSION
    own_home=$(eval echo "~$(id -un)")
    for python in ${ATTESTA_PYTHON:-} .venv/bin/python python3.13 python3.14 python3.12 \
        "${PYENV_ROOT:-$own_home/.pyenv}"/versions/3.13.*/bin/python \
        "${PYENV_ROOT:-$own_home/.pyenv}"/versions/3.1[42].*/bin/python \
        python3 python; do
        if works "$python"; then return; fi
    done
    python=
}

# Puts the pinned uv on PATH. It is kept in .tools/, so it needs neither venv nor a writable system.
get_uv() {
    uv_pin=$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements/uv.txt)
    PATH="$PWD/.tools/uv/bin:$PATH"
    export PATH
    # Trust whom this machine trusts: it may reach the network through a proxy of its own.
    if [ -f /etc/ssl/certs/ca-certificates.crt ]; then export UV_SYSTEM_CERTS=true; fi
    if has_uv; then return; fi
    echo "Getting uv $uv_pin …"
    for candidate in $python python3 /usr/bin/python3; do
        if "$candidate" -m pip install --quiet --disable-pip-version-check --upgrade --target .tools/uv \
            --require-hashes -r requirements/uv.txt >/dev/null 2>&1 && has_uv; then return; fi
    done
    fail "uv $uv_pin could not be installed with pip. Install python3-pip, check the network, and try again."
}

has_uv() {
    [ "$(uv --version 2>/dev/null | cut -d ' ' -f 2)" = "$uv_pin" ]
}

# Are the packages of requirements/$1.txt, or of a list that holds them too, in .venv as they stand now?
has_packages() {
    for list in product dev; do
        if [ "$1-$list" = dev-product ]; then continue; fi
        if cmp -s "requirements/$list.txt" ".venv/$list.txt"; then return 0; fi
    done
    return 1
}

# Makes .venv and installs requirements/$1.txt (product or dev) when that has not been done.
need_packages() {
    find_python
    if ! works .venv/bin/python || ! has_packages "$1"; then
        get_uv
        make_venv
        echo "Installing packages …"
        # A kept .venv may hold more than this list (the developers' tools): only their own list removes anything.
        if [ "$1" = dev ]; then
            uv pip sync --quiet --require-hashes requirements/dev.txt
        else
            uv pip install --quiet --require-hashes -r "requirements/$1.txt"
        fi
        cp "requirements/$1.txt" ".venv/$1.txt"
    fi
    PATH="$PWD/.venv/bin:$PATH"
    PYTHONPATH="$PWD"
    export PATH PYTHONPATH
    python -m attesta.config.catalogues
}

make_venv() {
    if works .venv/bin/python; then return; fi
    if [ -n "$python" ] && [ "$python" != .venv/bin/python ]; then
        UV_PYTHON_DOWNLOADS=never uv venv --quiet --clear --python "$python" .venv
    else
        echo "No Python 3.12 to 3.14 here: getting one …"
        uv venv --quiet --clear --python "$(cat .python-version)" .venv
    fi
}
