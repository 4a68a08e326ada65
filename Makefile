# librpclog and rpclog.  `make help` lists what can be made; everything that
# is built goes under $(BUILD).

PREFIX     ?= /usr/local
BINDIR     ?= $(PREFIX)/bin
LIBDIR     ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
MANDIR     ?= $(PREFIX)/share/man
DATADIR    ?= $(PREFIX)/share/rpclog
UNITDIR    ?= $(PREFIX)/lib/systemd/system
DESTDIR    ?=

BUILD   ?= build
CC      ?= cc
CFLAGS  ?= -O2 -g
WERROR  ?=
SANITIZE ?=
INSTALL ?= install
OBJCOPY ?= objcopy
PKG_CONFIG ?= pkg-config

# The version stands once, in the header; the soname is its major number.
version = $(shell sed -n 's/^.define RPCLOG_VERSION_$(1)[^0-9]*\([0-9]*\).*/\1/p' include/rpclog.h)
MAJOR   := $(call version,MAJOR)
VERSION := $(MAJOR).$(call version,MINOR).$(call version,PATCH)
SONAME  := librpclog.so.$(MAJOR)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wconversion -Wundef -Wvla -Wwrite-strings
BASE := -std=c11 -D_GNU_SOURCE $(WARN) $(WERROR) $(SANITIZE) -MMD -MP

# Who inflates: isal is ISA-L, with zlib for what is damaged; or zlib alone.
ifndef INFLATE
INFLATE := $(shell $(PKG_CONFIG) --exists libisal && echo isal || echo zlib)
endif
ifeq ($(filter isal zlib,$(INFLATE)),)
$(error INFLATE is isal or zlib, not "$(INFLATE)")
endif
ISAL_SRC := lib/inflate_isal.c lib/inflate_block.c

DEPS := $(strip libpcre2-8 zlib $(if $(filter isal,$(INFLATE)),libisal))
CLI_LIBS := $(shell $(PKG_CONFIG) --libs sqlite3)
LIBS := $(shell $(PKG_CONFIG) --libs $(DEPS)) -lpthread
DEPFLAGS := $(shell $(PKG_CONFIG) --cflags $(DEPS))

LIB_SRC   := $(filter-out $(if $(filter zlib,$(INFLATE)),$(ISAL_SRC)),$(wildcard lib/*.c))
FRONT_SRC := $(wildcard lib/front/*.c lib/front/findings/*.c)
CLI_SRC   := $(wildcard cli/*.c cli/report/*.c cli/watch/*.c)
UNIT_SRC  := $(wildcard test/unit/test_*.c)
GEN_SRC   := $(wildcard test/gen/*.c)
REF_SRC   := $(wildcard test/ref/*.c)

LIB_OBJ   := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/lib/builtin_rules.o
FRONT_OBJ := $(FRONT_SRC:%.c=$(BUILD)/%.o)
CLI_OBJ   := $(CLI_SRC:%.c=$(BUILD)/%.o)
UNIT_BIN  := $(UNIT_SRC:test/unit/%.c=$(BUILD)/unit/%)

all: lib cli  ## the library and the command line (default)
lib: $(BUILD)/librpclog.a $(BUILD)/$(SONAME)
cli: $(BUILD)/rpclog

# The shared library holds lib/ alone; lib/front/ is for our own command line,
# which links everything statically.
$(BUILD)/$(SONAME): $(LIB_OBJ)
	$(CC) $(SANITIZE) $(LDFLAGS) -shared -Wl,-soname,$(SONAME) -o $@ $^ $(LIBS)
	ln -sf $(SONAME) $(BUILD)/librpclog.so

# For others: one object in which only the header's names are left, so that a
# program may have a dict_add() of its own.
$(BUILD)/librpclog.a: $(LIB_OBJ)
	$(LD) -r -o $(BUILD)/librpclog.o $^
	$(OBJCOPY) --localize-hidden $(BUILD)/librpclog.o
	rm -f $@
	$(AR) rcs $@ $(BUILD)/librpclog.o

# For us: the command line and the tests see behind the header.
$(BUILD)/librpclog-inside.a: $(LIB_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/librpclog-front.a: $(FRONT_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

# Texts that the command line holds.
TEXT_OBJ := $(patsubst %,$(BUILD)/cli/%.o,schema_sql questions_sql page_css)

$(BUILD)/rpclog: $(CLI_OBJ) $(TEXT_OBJ) $(BUILD)/librpclog-front.a $(BUILD)/librpclog-inside.a
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBS) $(CLI_LIBS)

$(BUILD)/lib/%.o: lib/%.c
	@mkdir -p $(@D)
	$(CC) $(BASE) $(DEPFLAGS) -fPIC -fvisibility=hidden -Iinclude -Ilib $(CFLAGS) -c -o $@ $<

# Another INFLATE than last time: what knows of it is made anew.
$(BUILD)/lib/inflate.o $(BUILD)/lib/inflate_isal.o: $(BUILD)/inflate
$(BUILD)/lib/inflate.o $(BUILD)/lib/inflate_isal.o: BASE += $(ISAL_FLAGS)
ISAL_FLAGS := $(if $(filter isal,$(INFLATE)),-DRPCLOG_ISAL)

$(BUILD)/inflate: always
	@mkdir -p $(@D)
	@echo $(INFLATE) | cmp -s - $@ || echo $(INFLATE) > $@

# Chosen at run time: only these files may hold the instructions.
ifneq ($(filter x86_64-% amd64-%,$(shell $(CC) -dumpmachine)),)
$(BUILD)/lib/%_avx2.o: BASE += -mavx2 -mbmi -mpopcnt
$(BUILD)/lib/%_avx512.o: BASE += -mavx512f -mavx512bw -mavx512vbmi2 \
	-mbmi -mpopcnt
endif

$(BUILD)/lib/builtin_rules.o: $(BUILD)/builtin_rules.c
	@mkdir -p $(@D)
	$(CC) $(BASE) -fPIC -fvisibility=hidden -Iinclude -Ilib $(CFLAGS) -c -o $@ $<

# A text as a C array.  Every line of it is plain ASCII.
define as_array
	@mkdir -p $(@D)
	{ echo '/* Made from $<. */'; \
	  echo '#include "$(1)"'; \
	  echo 'const char $(2)[] = {'; \
	  od -An -v -tu1 $< | sed 's/  */,/g; s/^,//; s/$$/,/'; \
	  echo '0 };'; \
	  echo 'const size_t $(2)_len = sizeof($(2)) - 1;'; \
	} > $@
endef

$(BUILD)/builtin_rules.c: lib/builtin.rules
	$(call as_array,rules.h,builtin_rules)

$(BUILD)/schema_sql.c: cli/schema.sql
	$(call as_array,schema.h,schema_sql)

$(BUILD)/questions_sql.c: cli/questions.sql
	$(call as_array,questions.h,questions_sql)

$(BUILD)/page_css.c: cli/report/page.css
	$(call as_array,report/html.h,page_css)

$(TEXT_OBJ): $(BUILD)/cli/%.o: $(BUILD)/%.c
	@mkdir -p $(@D)
	$(CC) $(BASE) -Iinclude -Ilib/front -Icli $(CFLAGS) -c -o $@ $<

# The command line sees the public header and lib/front/ alone.
$(BUILD)/cli/%.o: cli/%.c
	@mkdir -p $(@D)
	$(CC) $(BASE) -Iinclude -Ilib/front -Icli $(CFLAGS) -c -o $@ $<

# ---- install -------------------------------------------------------------

MAN := man1/rpclog.1 man3/librpclog.3 man5/rpclog-report.5 \
	man5/rpclog-rules.5 man5/rpclog-schema.5 man7/rpclog-nightly.7
# The nightly job: units of systemd, and what administrators copy.
UNITS := rpclog-nightly.service rpclog-nightly.timer \
	rpclog-nightly-failed@.service
SCHEDULE := default/rpclog cron.daily/rpclog windows/rpclog-nightly.cmd \
	windows/rpclog-nightly.xml
REAL := librpclog.so.$(VERSION)

# Paths may hold blanks, so every one of them is quoted.
install: all  ## install below $(DESTDIR)$(PREFIX)
	$(INSTALL) -d "$(DESTDIR)$(BINDIR)" "$(DESTDIR)$(LIBDIR)/pkgconfig" \
		"$(DESTDIR)$(INCLUDEDIR)"
	$(INSTALL) -m 755 $(BUILD)/rpclog "$(DESTDIR)$(BINDIR)/rpclog"
	$(INSTALL) -m 644 $(BUILD)/librpclog.a "$(DESTDIR)$(LIBDIR)/librpclog.a"
	$(INSTALL) -m 755 $(BUILD)/$(SONAME) "$(DESTDIR)$(LIBDIR)/$(REAL)"
	ln -sf $(REAL) "$(DESTDIR)$(LIBDIR)/$(SONAME)"
	ln -sf $(SONAME) "$(DESTDIR)$(LIBDIR)/librpclog.so"
	$(INSTALL) -m 644 include/rpclog.h "$(DESTDIR)$(INCLUDEDIR)/rpclog.h"
	{ echo 'prefix=$(PREFIX)'; \
	  echo 'libdir=$(LIBDIR)'; \
	  echo 'includedir=$(INCLUDEDIR)'; \
	  echo; \
	  echo 'Name: rpclog'; \
	  echo 'Description: Exchange HttpProxy logs: rows, classes, popups'; \
	  echo 'Version: $(VERSION)'; \
	  echo 'Requires.private: $(DEPS)'; \
	  echo 'Libs: -L"$${libdir}" -lrpclog'; \
	  echo 'Libs.private: -lpthread'; \
	  echo 'Cflags: -I"$${includedir}"'; \
	} > "$(DESTDIR)$(LIBDIR)/pkgconfig/rpclog.pc"
	for page in $(MAN); do \
		$(INSTALL) -d "$(DESTDIR)$(MANDIR)/$${page%/*}" && \
		$(INSTALL) -m 644 "man/$${page#*/}" \
			"$(DESTDIR)$(MANDIR)/$$page" || exit 1; \
	done
	$(INSTALL) -m 755 packaging/rpclog-nightly \
		"$(DESTDIR)$(BINDIR)/rpclog-nightly"
	$(INSTALL) -d "$(DESTDIR)$(UNITDIR)"
	for unit in $(UNITS); do \
		sed 's|/usr/local/bin|$(BINDIR)|' "packaging/systemd/$$unit" \
			> "$(DESTDIR)$(UNITDIR)/$$unit" && \
		chmod 644 "$(DESTDIR)$(UNITDIR)/$$unit" || exit 1; \
	done
	for file in $(SCHEDULE); do \
		$(INSTALL) -d "$(DESTDIR)$(DATADIR)/$${file%/*}" && \
		$(INSTALL) -m 644 "packaging/$$file" \
			"$(DESTDIR)$(DATADIR)/$$file" || exit 1; \
	done
	sed 's|/usr/local/bin|$(BINDIR)|' packaging/cron.daily/rpclog \
		> "$(DESTDIR)$(DATADIR)/cron.daily/rpclog"
	chmod 755 "$(DESTDIR)$(DATADIR)/cron.daily/rpclog"

uninstall:  ## remove what install put there
	rm -f "$(DESTDIR)$(BINDIR)/rpclog" "$(DESTDIR)$(LIBDIR)/librpclog.a" \
		"$(DESTDIR)$(LIBDIR)/librpclog.so" \
		"$(DESTDIR)$(LIBDIR)/$(SONAME)" "$(DESTDIR)$(LIBDIR)/$(REAL)" \
		"$(DESTDIR)$(LIBDIR)/pkgconfig/rpclog.pc" \
		"$(DESTDIR)$(INCLUDEDIR)/rpclog.h"
	for page in $(MAN); do rm -f "$(DESTDIR)$(MANDIR)/$$page"; done
	rm -f "$(DESTDIR)$(BINDIR)/rpclog-nightly"
	for unit in $(UNITS); do rm -f "$(DESTDIR)$(UNITDIR)/$$unit"; done
	for file in $(SCHEDULE); do rm -f "$(DESTDIR)$(DATADIR)/$$file"; done

# ---- tests ---------------------------------------------------------------

TEST_CFLAGS = $(BASE) $(DEPFLAGS) -Iinclude -Ilib -Ilib/front -Itest/unit $(CFLAGS)
CHECK_OBJ := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(UNIT_SRC),$(wildcard test/unit/*.c)))

$(BUILD)/test/%.o: test/%.c
	@mkdir -p $(@D)
	$(CC) $(TEST_CFLAGS) -c -o $@ $<

$(BUILD)/unit/%: $(BUILD)/test/unit/%.o $(CHECK_OBJ) $(BUILD)/librpclog-front.a $(BUILD)/librpclog-inside.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/gen: $(GEN_SRC:%.c=$(BUILD)/%.o)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ -lz

$(BUILD)/reference: $(REF_SRC:%.c=$(BUILD)/%.o)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ -lz

# What tests of the command line's parts take from it.
CLI_UNIT := $(patsubst %,$(BUILD)/unit/%,test_mail test_mime test_png)
$(CLI_UNIT:$(BUILD)/unit/%=$(BUILD)/test/unit/%.o): BASE += -Icli

$(BUILD)/librpclog-cli.a: $(filter-out %/main.o,$(CLI_OBJ)) $(TEXT_OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(CLI_UNIT): $(BUILD)/unit/%: $(BUILD)/test/unit/%.o $(CHECK_OBJ) $(BUILD)/librpclog-cli.a $(BUILD)/librpclog-front.a $(BUILD)/librpclog-inside.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^ $(LIBS) $(CLI_LIBS)

# Scanners stand on the base alone, and so do their tests: these can be built
# for a machine for which there are no other libraries.
SCAN_BIN := $(filter $(BUILD)/unit/test_scan%,$(UNIT_BIN))
SCAN_OBJ := $(filter $(BUILD)/lib/scan%,$(LIB_OBJ)) $(BUILD)/lib/base.o \
	    $(BUILD)/test/unit/check.o

$(SCAN_BIN): $(BUILD)/unit/%: $(BUILD)/test/unit/%.o $(SCAN_OBJ)
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $^

scan-units: $(SCAN_BIN)

libs:
	@echo '$(LIBS)'

units: $(UNIT_BIN)
tools: $(BUILD)/gen $(BUILD)/reference

check: all units tools  ## the quick tests: unit, command line, reference
	BUILD=$(BUILD) test/all unit cli equal layers

check-all:  ## every test there is; says what is skipped
	test/all

bench: all tools  ## speed beside ripgrep, DuckDB and others (SIZE=1G)
	BUILD=$(BUILD) test/bench/run $(SIZE)

counts: all tools  ## instructions against those accepted (ACCEPT=--accept)
	BUILD=$(BUILD) test/counts/run $(ACCEPT)

fuzz:  ## fuzz every target for FUZZ_SECONDS (60)
	test/fuzz/run $(or $(FUZZ_SECONDS),60)

clean:  ## remove everything that was built
	rm -rf $(BUILD)

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/\1\t\2/p' $(MAKEFILE_LIST)

.PHONY: all always lib cli install uninstall libs scan-units units tools check \
	check-all bench counts fuzz clean help
.SECONDARY:
.DELETE_ON_ERROR:

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
