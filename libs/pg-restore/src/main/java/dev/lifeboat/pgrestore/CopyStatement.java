package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgarchive.SqlToken;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.List;

/**
 * The COPY statement of a TABLE DATA entry: {@code COPY public.users (id, name) FROM stdin;}.
 *
 * @param table as it is written, qualified and quoted where needed
 * @param schema of the table, not quoted
 * @param name of the table, not quoted
 * @param columns as they are written, with their parentheses; empty for a table without columns
 */
record CopyStatement(String table, String schema, String name, String columns) {
    static CopyStatement of(TocEntry entry) {
        List<SqlStatement> statements = SqlScript.statements(entry.copyStatement());
        if (statements.size() != 1 || !isCopyFromStdin(statements.get(0))) {
            throw new RestoreException(
                    Kind.UNUSABLE_ARCHIVE,
                    "The archive's " + entry.label() + " has the COPY statement '"
                            + SqlStatement.shown(entry.copyStatement())
                            + "', expected COPY schema.table (columns) FROM stdin.",
                    "It is not what pg_dump writes; restore another backup.");
        }
        return parse(statements.get(0));
    }

    private static boolean isCopyFromStdin(SqlStatement statement) {
        int size = statement.tokens().size();
        return size >= 6
                && statement.startsWith("COPY")
                && statement.nameAt(1) != null
                && statement.tokens().get(2).isSymbol(".")
                && statement.nameAt(3) != null
                && statement.tokens().get(size - 2).is("FROM")
                && statement.tokens().get(size - 1).is("stdin");
    }

    private static CopyStatement parse(SqlStatement statement) {
        List<SqlToken> tokens = statement.tokens();
        int tableEnd = tokens.get(3).end();
        return new CopyStatement(
                statement.text().substring(tokens.get(1).start(), tableEnd),
                statement.nameAt(1),
                statement.nameAt(3),
                statement
                        .text()
                        .substring(tableEnd, tokens.get(tokens.size() - 2).start())
                        .strip());
    }

    /** Whether the rows go into the entry's own table, and not into the partition root above it. */
    boolean fills(TocEntry entry) {
        return schema.equals(entry.schema()) && name.equals(entry.name());
    }

    /** The statement that loads the rows. */
    String load(String encoding, boolean freeze) {
        return "COPY " + table + " " + columns + " FROM STDIN WITH (" + (freeze ? "FREEZE, " : "") + "ENCODING "
                + Sql.literal(encoding) + ")";
    }

    /** The statement that reads a table's own rows, none of its children's, in these columns. */
    String read(String from, String encoding) {
        return "COPY " + from + " " + columns + " TO STDOUT WITH (ENCODING " + Sql.literal(encoding) + ")";
    }

    /**
     * The statement that reads the rows of a query in these columns.
     *
     * @param from what follows FROM
     */
    String readQuery(String from, String encoding) {
        String list = columns.isEmpty() ? "" : columns.substring(1, columns.length() - 1);
        return "COPY (SELECT " + list + " FROM " + from + ") TO STDOUT WITH (ENCODING " + Sql.literal(encoding) + ")";
    }
}
