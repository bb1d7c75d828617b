package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgarchive.SqlToken;
import dev.lifeboat.pgarchive.TocEntry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Which roles SQL statements name. */
final class RoleNames {
    private RoleNames() {}

    /** Every role that an archive's owners, privileges, policies and database settings name. */
    static Set<String> in(List<TocEntry> entries) {
        Set<String> roles = new TreeSet<>();
        for (TocEntry entry : entries) {
            if (entry.owner() != null && !entry.owner().isEmpty()) {
                roles.add(entry.owner());
            }
            if (entry.definition() != null && isAboutRoles(entry.kind())) {
                SqlScript.statements(entry.definition()).forEach(statement -> roles.addAll(named(statement)));
            }
        }
        return roles;
    }

    private static boolean isAboutRoles(String kind) {
        return kind.equals("ACL")
                || kind.equals("DEFAULT ACL")
                || kind.equals("POLICY")
                || kind.equals("USER MAPPING")
                || kind.equals("DATABASE PROPERTIES");
    }

    /** Whether a statement says whose an object is, or what a role may do to it, or with which settings it enters a database. */
    static boolean isAboutOwnerOrPrivilege(SqlStatement statement) {
        return statement.isAboutOwner()
                || statement.startsWith("GRANT")
                || statement.startsWith("REVOKE")
                || statement.startsWith("ALTER", "DEFAULT", "PRIVILEGES")
                || statement.startsWith("ALTER", "ROLE");
    }

    /** The roles that an owner, a privilege, a policy, a setting or a user mapping is about, or that one becomes. */
    static Set<String> named(SqlStatement statement) {
        Set<String> roles = new LinkedHashSet<>();
        if (statement.isAboutOwner()) {
            roles.add(statement.nameAt(statement.tokens().size() - 1));
        } else if (statement.startsWith("SET", "SESSION", "AUTHORIZATION")) {
            SqlToken role =
                    statement.tokens().get(statement.tokens().size() - 1); // a name, or a string of the same meaning
            if (!role.is("DEFAULT")) {
                roles.add(role.value());
            }
        } else if (statement.startsWith("ALTER", "ROLE")) {
            roles.add(statement.nameAt(2));
        } else if (statement.startsWith("GRANT") || statement.startsWith("REVOKE")) {
            roles.addAll(grantees(statement));
        } else if (statement.startsWith("ALTER", "DEFAULT", "PRIVILEGES")) {
            statement.find("ROLE", 0).ifPresent(at -> roles.add(statement.nameAt(at + 1)));
            roles.addAll(grantees(statement));
        } else if (statement.startsWith("CREATE", "USER", "MAPPING")) {
            roles.addAll(list(statement, 4));
        } else if (statement.startsWith("CREATE", "POLICY")) {
            OptionalInt to = statement.find("TO", 0);
            to.ifPresent(at -> roles.addAll(list(statement, at + 1)));
        }
        return roles;
    }

    /** Who gets or loses what a GRANT or REVOKE is about; not PUBLIC, which is no role. */
    static Set<String> grantees(SqlStatement statement) {
        for (int at = statement.tokens().size() - 1; at > 0; at--) {
            SqlToken token = statement.tokens().get(at);
            if (token.is("TO") || token.is("FROM")) {
                return list(statement, at + 1);
            }
        }
        return Set.of();
    }

    private static Set<String> list(SqlStatement statement, int from) {
        Set<String> names = new LinkedHashSet<>();
        for (int at = from; at < statement.tokens().size(); at += 2) {
            SqlToken token = statement.tokens().get(at);
            if (token.isName() && !token.is("PUBLIC")) {
                names.add(token.value());
            }
            boolean more = at + 1 < statement.tokens().size()
                    && statement.tokens().get(at + 1).isSymbol(",");
            if (!more) {
                break;
            }
        }
        return names;
    }
}
