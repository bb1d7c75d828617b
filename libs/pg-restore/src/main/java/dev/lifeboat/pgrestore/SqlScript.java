package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgarchive.SqlSyntaxException;
import java.util.List;

/** Takes the SQL text of a backup apart. */
final class SqlScript {
    private SqlScript() {}

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
