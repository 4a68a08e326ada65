#!/bin/sh
# SPDX-License-Identifier: MIT
# For try.sh and test.sh: notes which packages are missing, then installs them
# all at once.  Nothing is asked of apt if nothing is missing.

missing=
wished=

# need_command COMMAND PACKAGE
need_command()
{
	command -v "$1" > /dev/null 2>&1 || missing="$missing $2"
}

# need_file FILE PACKAGE
need_file()
{
	[ -e "$1" ] || missing="$missing $2"
}

# need_module MODULE PACKAGE: what pkg-config must know
need_module()
{
	pkg-config --exists "$1" 2> /dev/null || missing="$missing $2"
}

# wish_module MODULE PACKAGE: the same, but where no such package is to be had
# it goes without
wish_module()
{
	pkg-config --exists "$1" 2> /dev/null || wished="$wished $2"
}

# need_package PACKAGE
need_package()
{
	dpkg-query -W -f '${Status}' "$1" 2> /dev/null |
		grep -q 'ok installed' || missing="$missing $1"
}

as_root()
{
	root=
	if [ "$(id -u)" -ne 0 ]; then
		root=sudo
	fi
	$root env DEBIAN_FRONTEND=noninteractive "$@"
}

# What it takes to build.
need_build()
{
	need_command cc gcc
	need_command make make
	need_command pkg-config pkg-config
	need_file /usr/include/stdio.h libc6-dev
	need_module libpcre2-8 libpcre2-dev
	need_module zlib zlib1g-dev
	need_module sqlite3 libsqlite3-dev
	# gzip is read about twice as fast.
	wish_module libisal libisal-dev
}

# What clang needs for -fsanitize: a package of its own since Debian 12.
need_sanitizers()
{
	probe=$(mktemp -d)
	echo 'int main(void) { return 0; }' > "$probe/a.c"
	clang -fsanitize=address,undefined -o "$probe/a" "$probe/a.c" \
		> /dev/null 2>&1 || missing="$missing libclang-rt-dev"
	rm -rf "$probe"
}

# need_tool COMMAND PACKAGE: the program alone, below build/tools; after
# need_install().  A test that misses it says so.
need_tool()
{
	tools=build/tools
	if command -v "$1" > /dev/null 2>&1 || [ -x "$tools/usr/bin/$1" ] ||
		! command -v apt-get > /dev/null 2>&1; then
		return 0
	fi
	mkdir -p "$tools"
	echo "fetching: $2"
	(
		cd "$tools" || exit
		# Without lists there is nothing to fetch from.
		apt-get -qq download "$2" 2> /dev/null || {
			as_root apt-get -qq update
			apt-get -qq download "$2"
		}
		dpkg-deb --fsys-tarfile "$2"_*.deb | tar -x ./usr/bin
		rm -f "$2"_*.deb
	)
}

need_install()
{
	[ -n "$missing$wished" ] || return 0
	if ! command -v apt-get > /dev/null 2>&1; then
		[ -n "$missing" ] || return 0
		echo "$0: please install what these Debian packages hold:" \
			"$missing" >&2
		exit 2
	fi
	as_root apt-get -qq update
	for package in $wished; do
		if apt-cache show "$package" > /dev/null 2>&1; then
			missing="$missing $package"
		fi
	done
	[ -n "$missing" ] || return 0
	echo "installing:$missing"
	# shellcheck disable=SC2086 # one word a package
	as_root apt-get -qq install -y --no-install-recommends $missing \
		> /dev/null
}
