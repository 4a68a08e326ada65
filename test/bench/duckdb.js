// SPDX-License-Identifier: MIT
// Failures by hour of DateTime and AuthenticatedUser by DuckDB, as failures.awk:
//	node duckdb.js [GLOB]	its start alone without GLOB
// NODE_PATH holds @duckdb/node-api.
const { DuckDBInstance } = require("@duckdb/node-api");

const columns = Array.from({ length: 74 }, (_, i) => `'c${i + 1}': 'VARCHAR'`);

// Without sniffing, as one would write it who knows the columns.
const query = (glob) => `
	SELECT substr(c1, 1, 13) AS hour, c14 AS who, count(*) AS n
	FROM read_csv('${glob}', auto_detect = false, header = false,
		delim = ',', quote = '"', escape = '"', strict_mode = false,
		null_padding = true, ignore_errors = true,
		columns = {${columns.join(", ")}})
	WHERE try_cast(c20 AS INTEGER) >= 400
	GROUP BY ALL`;

(async () => {
	const db = await DuckDBInstance.create(":memory:", { threads: "2" });
	const link = await db.connect();
	const glob = process.argv[2];
	const result = await link.runAndReadAll(glob ? query(glob) : "SELECT 1");

	if (glob)
		console.log(result.getRows().map((row) => row.map((cell) =>
			cell ?? "").join("\t")).join("\n"));
})();
