# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2034 # the lists are used where this is read
#
# Read by app/run, tests/run, .ci/run and resources/packaging/make: what to install, and how to build. Everything said here goes to
# standard error, so that standard output is the program's alone.

packages_build='g++ cmake ninja-build qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools libsqlite3-dev
    libmd4c-dev libhunspell-dev libpcre2-dev'
# No package of a library needs these, but the program does: they are plugins, and a font to draw with.
packages_run='libqt6sql6-sqlite libqt6svg6 qt6-qpa-plugins fonts-dejavu-core'
# A display with a window manager, keys from outside, pictures of it, a screen reader's view; the web app;
# a dictionary to check the spelling with.
packages_test="xvfb xauth openbox xdotool x11-utils imagemagick dbus at-spi2-core python3-pyatspi
    gir1.2-atspi-2.0 python3-flask-sqlalchemy hunspell-en-us"
packages_check='git clang-format-14 clang-tidy-14'
# For resources/packaging/make. The archive has Wayland's plugin inside; pictures are looked at by imagemagick.
packages_packaging="dpkg-dev file lintian desktop-file-utils appstream shared-mime-info man-db mandoc rpm rpmlint
    patchelf binutils debootstrap qt6-wayland qt6-translations-l10n imagemagick python3"
# What the archive with Qt inside takes from the desktop that it runs on.
packages_desktop="libegl1 libglx0 libopengl0 libx11-6 libx11-xcb1 libxcb1 libsm6 libice6 libfontconfig1 libfreetype6
    libharfbuzz0b libglib2.0-0 libdbus-1-3 libwayland-client0 libstdc++6 zlib1g libzstd1 libpng16-16 libsystemd0"

say() {
    echo "$(basename "$0"): $*" >&2
}

die() {
    say "$@"
    exit 1
}

# The packages among "$@" that are not installed.
missing_packages() {
    # dpkg-query fails when it does not know one of them, and still prints the others.
    dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
        awk -v wanted="$*" '
            $2 == "installed" { installed[$1] = 1 }
            END {
                count = split(wanted, names)
                for (i = 1; i <= count; i++)
                    if (!(names[i] in installed))
                        print names[i]
            }'
}

# Installs those packages among "$@" that are missing; asks nobody and uses no network if there are none.
need() {
    if ! command -v dpkg-query >/dev/null; then
        say "this is not Debian, so nothing is installed; needed are (by their names there): $*"
        return 0
    fi
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    missing=$(echo "$missing" | tr '\n' ' ')

    as_root=
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            die "these packages are missing, and there is no sudo. As root: apt-get install --no-install-recommends $missing"
        as_root=sudo
    fi
    say "installing $missing"
    # An update that fails may be no more than one mirror that is away: the install decides.
    apt_get update || :
    # shellcheck disable=SC2086 # a list of words
    apt_get install -y --no-install-recommends $missing ||
        die "apt could not install $missing(see above; is there a network?)"
}

# apt-get, as root, waiting for another apt to end; it must not eat the input that is meant for the program.
apt_get() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 "$@" </dev/null >&2
}

# How many compilers at once: one a processor, but each takes up to 0.7 GB.
job_count() {
    processors=$(nproc 2>/dev/null || echo 1)
    memory=$(awk '$1 == "MemAvailable:" { print int($2 / 700000) }' /proc/meminfo 2>/dev/null)
    if [ "${memory:-$processors}" -lt "$processors" ]; then
        processors=$memory
    fi
    if [ "$processors" -lt 1 ]; then
        processors=1
    fi
    echo "$processors"
}

# configure_once ROOT BUILD ARGUMENT…: runs cmake, unless BUILD has been configured already. Ninja itself sees
# to a changed CMakeLists.txt.
configure_once() {
    configure_root=$1
    configure_build=$2
    shift 2
    if [ -f "$configure_build/build.ninja" ] &&
        grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$configure_root" "$configure_build/CMakeCache.txt"; then
        # The presets are read when cmake is run by hand only, so a newer one means: run it.
        [ -z "$(find "$configure_root/CMakePresets.json" -newer "$configure_build/build.ninja")" ] && return 0
    elif [ -f "$configure_build/CMakeCache.txt" ]; then
        # The folder was moved or copied, or configuring it was cut short: cmake would refuse the old cache.
        set -- --fresh "$@"
    fi
    (cd "$configure_root" && cmake "$@" -B "$configure_build" </dev/null >&2)
}
