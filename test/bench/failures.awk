# SPDX-License-Identifier: MIT
# Failures by hour of DateTime and AuthenticatedUser, as one writes it in a
# minute: columns by place (V74), no quotes, no probes, no sessions.
BEGIN { FS = "," }
/^[0-9]/ && $20 >= 400 { n[substr($1, 1, 13) "\t" $14]++ }
END { for (key in n) print key "\t" n[key] }
