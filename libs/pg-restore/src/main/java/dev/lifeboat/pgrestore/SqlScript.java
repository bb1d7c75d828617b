package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgarchive.SqlSyntaxException;
import dev.lifeboat.pgarchive.SqlToken;
import java.util.List;

/** Takes the SQL text of a backup apart. */
final class SqlScript {
    private SqlScript() {}

    /**
     * The same for a session whose standard_conforming_strings is on, of what was written for one where it is off: a backslash in a string
     * means what it means in {@code E''}.
     *
     * @throws RestoreException as {@link #statements}
     */
    static String withStandardStrings(String script) {
        StringBuilder standard = new StringBuilder();
        for (SqlStatement statement : statements(script)) {
            int copied = 0;
            for (SqlToken token : statement.tokens()) {
                String text = statement.text().substring(token.start(), token.end());
                if (text.startsWith("'") && text.indexOf('\\') >= 0) {
                    standard.append(statement.text(), copied, token.start()).append('E');
                    copied = token.start();
                }
            }
            standard.append(statement.text(), copied, statement.text().length()).append(";\n");
        }
        return standard.toString();
    }

    /**
     * @throws RestoreException of kind UNUSABLE_ARCHIVE when the script is not one that PostgreSQL's programs write
     */
    static List<SqlStatement> statements(String script) {
        try {
            return SqlStatement.parse(script);
        } catch (SqlSyntaxException e) {
            throw new RestoreException(
                    RestoreException.Kind.UNUSABLE_ARCHIVE,
                    "An SQL script of the backup " + e.getMessage() + ".",
                    "It is not what pg_dump or pg_dumpall writes; restore another backup.",
                    e);
        }
    }
}
