#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what is missing to build (Debian and its kin), builds, and shows
# what rpclog says of the logs that come with the source.

set -eu
cd "$(dirname "$0")/.."
# shellcheck disable=SC1091 # it is checked by itself
. packaging/need.sh

need_build
need_install

make -s -j"$(getconf _NPROCESSORS_ONLN)"
build/rpclog popups test/fixtures/demo
