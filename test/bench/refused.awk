# SPDX-License-Identifier: MIT
# Rows whose back end said 401 by hour of DateTime and AuthenticatedUser, from
# rows that rg has chosen; columns by place (V74), quotes not heeded.
BEGIN { FS = "," }
$21 == 401 { n[substr($1, 1, 13) "\t" $14]++ }
END { for (key in n) print key "\t" n[key] }
