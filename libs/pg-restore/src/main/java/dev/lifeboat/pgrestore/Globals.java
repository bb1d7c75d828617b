package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The roles of a cluster, from the output of {@code pg_dumpall --globals-only}. Roles that exist are never altered;
 * tablespaces are left alone: where they lie is the server's business.
 */
final class Globals {
    private static final String WHAT = "Creating roles";

    private final List<SqlStatement> statements;

    private Globals(List<SqlStatement> statements) {
        this.statements = statements;
    }

    /**
     * @throws RestoreException of kind UNUSABLE_ARCHIVE when there is a statement that pg_dumpall does not write
     */
    static Globals parse(String sql) {
        Globals globals = new Globals(SqlScript.statements(sql));
        globals.statements.forEach(Globals::concernedRoles);
        return globals;
    }

    /** Creates the roles that are missing, with their attributes, passwords, settings and memberships: all or none. */
    void createMissing(Session session) {
        session.transaction(WHAT, () -> {
            Set<String> missing = missing(session);
            for (SqlStatement statement : statements) {
                if (concernedRoles(statement).stream().anyMatch(missing::contains)) {
                    session.execute(WHAT, statement.text());
                }
            }
        });
    }

    private Set<String> missing(Session session) {
        Set<String> roles = new LinkedHashSet<>();
        for (SqlStatement statement : statements) {
            if (statement.startsWith("CREATE", "ROLE")) {
                roles.add(statement.nameAt(2));
            }
        }
        session.strings(WHAT, "SELECT rolname FROM pg_roles").forEach(roles::remove);
        return roles;
    }

    /** The roles for whose sake a statement is run when one of them is missing; empty for what is never run. */
    private static Set<String> concernedRoles(SqlStatement statement) {
        if (statement.startsWith("CREATE", "ROLE") || statement.startsWith("ALTER", "ROLE")) {
            return Set.of(statement.nameAt(2));
        }
        if (statement.startsWith("COMMENT", "ON", "ROLE")) {
            return Set.of(statement.nameAt(3));
        }
        if (statement.startsWith("SECURITY", "LABEL")) {
            return nameAfter(statement, "ROLE");
        }
        if (isAboutSession(statement) || isAboutTablespace(statement)) {
            return Set.of();
        }
        if (statement.startsWith("GRANT") || statement.startsWith("REVOKE")) {
            return granted(statement);
        }
        throw new RestoreException(
                Kind.UNUSABLE_ARCHIVE,
                "The backup's globals have the statement '" + SqlStatement.shown(statement.text())
                        + "', which pg_dumpall --globals-only does not write.",
                "Nothing was run of it; restore another backup, or remove the statement from a copy.");
    }

    private static boolean isAboutSession(SqlStatement statement) {
        return statement.startsWith("SET");
    }

    private static boolean isAboutTablespace(SqlStatement statement) {
        return statement.startsWith("CREATE", "TABLESPACE")
                || statement.startsWith("ALTER", "TABLESPACE")
                || statement.startsWith("COMMENT", "ON", "TABLESPACE")
                || ((statement.startsWith("GRANT") || statement.startsWith("REVOKE")) && onTablespace(statement));
    }

    private static boolean onTablespace(SqlStatement statement) {
        OptionalInt on = statement.find("ON", 1);
        return on.isPresent() && statement.tokens().get(on.getAsInt() + 1).is("TABLESPACE");
    }

    /** Of a membership both roles, of a privilege on a parameter the one that gets it. */
    private static Set<String> granted(SqlStatement statement) {
        Set<String> roles = new HashSet<>(RoleNames.grantees(statement));
        if (statement.find("ON", 1).isEmpty()) {
            roles.add(statement.nameAt(1));
        }
        return roles;
    }

    private static Set<String> nameAfter(SqlStatement statement, String word) {
        OptionalInt at = statement.find(word, 0);
        return at.isEmpty() ? Set.of() : Set.of(statement.nameAt(at.getAsInt() + 1));
    }
}
