#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing to build and to test (Debian and its kin), and runs
# the whole suite.  The last line says how many tests passed.

set -eu
cd "$(dirname "$0")/.."
# shellcheck disable=SC1091 # it is checked by itself
. packaging/need.sh

need_build

need_command g++ g++
need_command git git
need_command clang clang
need_sanitizers
need_command clang-format clang-format
need_command valgrind valgrind
# Valgrind reads the symbols of the dynamic linker.
need_package libc6-dbg
# Scanners for ARM are tested on other machines, too.
need_command aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
need_file /usr/aarch64-linux-gnu/lib/libc.a libc6-dev-arm64-cross
need_command qemu-aarch64 qemu-user
need_command mandoc mandoc
need_command rg ripgrep
need_command python3 python3
need_command sqlite3 sqlite3
need_command msmtp msmtp
need_command shellcheck shellcheck
need_command ps procps
# Reports are opened in it; without fonts it draws no letters.
need_command chromium chromium
need_package fonts-dejavu-core
need_command gzip gzip
# What takes the nightly job: cron's run-parts and systemd look at it.
need_command systemd-analyze systemd
need_command run-parts debianutils
need_command man man-db
need_command dash dash
need_command flock util-linux
need_command xmllint libxml2-utils
need_command curl curl
need_file /usr/share/zoneinfo/Europe/Berlin tzdata
need_install
# These would bring a service each, which nobody asked for: their programs do.
need_tool promtool prometheus
need_tool prometheus-node-exporter prometheus-node-exporter

make -s check-all
