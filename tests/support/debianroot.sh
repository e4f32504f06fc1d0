# SPDX-License-Identifier: MIT
# shellcheck shell=sh disable=SC2154 # $times is the reader's
#
# Read by scripts that try something in a minimal Debian 12 that has nothing but apt. They read app/packages.sh first.

# make_root DIR [MIRROR]: debootstraps it, as root; afterwards it is $new, see inside(). MIRROR is where the packages come
# from, otherwise what this machine's apt uses.
make_root() {
    new=$1
    mirror=${2:-$(apt_mirror)}
    [ -n "$mirror" ] || die "apt names no mirror of Debian 12; give one"
    security=$(apt_security_mirror)
    debootstrap --variant=minbase bookworm "$new" "$mirror" >"$new.log" ||
        die "debootstrap: $(tail -n 20 "$new.log")"
    {
        echo "deb $mirror bookworm main"
        echo "deb $mirror bookworm-updates main"
        [ -z "$security" ] || echo "deb $security bookworm-security main"
    } >"$new/etc/apt/sources.list"
    # How this machine reaches its mirror is how the new root does: names, proxy, certificates.
    cp /etc/resolv.conf /etc/hosts "$new/etc/"
    apt-config dump | grep -i '^Acquire::[^ ]*proxy' >"$new/etc/apt/apt.conf.d/90proxy" || :
    case $mirror in
    https:*)
        # minbase has no certificates, and the first thing is to ask apt.
        cp -rL --parents /etc/ssl/certs "$new/"
        ;;
    esac
}

# The first source of Debian itself that apt has; a source for updates would lack most packages.
apt_mirror() {
    # shellcheck disable=SC2016 # apt's own $(NAMES)
    apt-get indextargets --format '$(CREATED_BY) $(ORIGIN) $(CODENAME) $(REPO_URI)' |
        awk '$1 == "Packages" && $2 == "Debian" && $3 == "bookworm" { print $4; exit }'
}
apt_security_mirror() {
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(CREATED_BY) $(CODENAME) $(REPO_URI)' |
        awk '$1 == "Packages" && $2 == "bookworm-security" { print $3; exit }'
}

# inside [unshare's option…] -- COMMAND…: in the root $new, with mounts and processes of its own that all end with it.
inside() {
    options=
    while [ "$1" != -- ]; do
        options="$options $1"
        shift
    done
    shift
    # shellcheck disable=SC2016,SC2086 # for the inner shell; a list of words
    unshare --mount --pid --fork --kill-child $options sh -ec '
        new=$1
        shift
        mount --make-rprivate /
        mount -t proc proc "$new/proc"
        mount -t tmpfs tmpfs "$new/dev/shm"
        mount -t devpts devpts "$new/dev/pts"
        exec chroot "$new" env -i ${http_proxy:+"http_proxy=$http_proxy"} \
            PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb "$@"
    ' sh "$new" "$@" </dev/null
}

# timed WHAT COMMAND…: runs it and adds the seconds it took to the file $times. Not "|| die" after the command: then
# the shell would go on after what fails inside a function. A script's last words are failed().
timed() {
    doing=$1
    shift
    say "$doing"
    begin=$(date +%s.%N)
    "$@"
    echo "$doing: $(echo "$begin $(date +%s.%N)" | awk '{ printf "%.1f s", $2 - $1 }')" >>"$times"
    doing=
}

# For the trap of the script's end: what was going on when it ended before its time.
failed() {
    [ -z "${doing:-}" ] || say "$doing: failed"
}
