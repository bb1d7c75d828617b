package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgarchive.SqlToken;
import dev.lifeboat.pgarchive.TocEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a dump means for a server that lacks some of its roles, when they are left out: {@link MissingRoles#LEAVE_OUT}. The entries stay in
 * number and order, so that what is noted of them is true whether roles are left out or not. Immutable.
 */
final class WithoutRoles {
    private static final Set<String> STATEMENTS_ABOUT_ROLES = Set.of("ACL", "DEFAULT ACL", "DATABASE PROPERTIES");
    /** They have owners, but no statement of their own that says so: the restore makes one. */
    private static final Set<String> OWNED_OTHERWISE = Set.of("DATABASE", LargeObjectGroups.METADATA);

    private static final Pattern SECURITY_DEFINER = Pattern.compile("\\bSECURITY DEFINER\\b");

    private final Set<String> missing;

    /** @param missing their names; empty when none is left out */
    WithoutRoles(Set<String> missing) {
        this.missing = Set.copyOf(missing);
    }

    /** The same entries, without what is left out of them. */
    List<TocEntry> entries(List<TocEntry> entries) {
        return missing.isEmpty()
                ? entries
                : entries.stream()
                        .map(entry -> without(entry, new ArrayList<>()))
                        .toList();
    }

    /** What is left out of the entries: for each thing what it is, and which role it lacks. */
    List<String> leftOut(List<TocEntry> entries) {
        List<String> leftOut = new ArrayList<>();
        if (!missing.isEmpty()) {
            entries.forEach(entry -> without(entry, leftOut));
        }
        return leftOut;
    }

    private TocEntry without(TocEntry entry, List<String> leftOut) {
        TocEntry meant = entry;
        if (entry.owner() != null && missing.contains(entry.owner())) {
            ownership(entry).ifPresent(what -> leftOut.add(lacking(what, entry.owner()) + consequence(entry)));
            meant = entry.withoutOwner();
        }
        return entry.definition() != null && STATEMENTS_ABOUT_ROLES.contains(entry.kind())
                ? withoutStatements(meant, leftOut)
                : meant;
    }

    /** Empty where the owner is only noted, and nothing comes of it. */
    private static Optional<String> ownership(TocEntry entry) {
        return switch (entry.kind()) {
            // A script says nothing of its objects beforehand.
            case "OWNER" -> Optional.of("owner of what the script gives to that role");
            case "ROLE" -> Optional.of("owner and grantor of what the script does as that role");
            default ->
                OWNED_OTHERWISE.contains(entry.kind())
                                || Ownership.statement(entry).isPresent()
                        ? Optional.of("owner of " + entry.label())
                        : Optional.empty();
        };
    }

    private static String lacking(String what, String role) {
        return what + ": role " + role + " is missing";
    }

    /** What is worth a second look: whoever may call it has the restoring role's rights within it. */
    private static String consequence(TocEntry entry) {
        return entry.definition() != null
                        && SECURITY_DEFINER.matcher(entry.definition()).find()
                ? "; it is SECURITY DEFINER, and runs as the role that restores"
                : "";
    }

    private TocEntry withoutStatements(TocEntry entry, List<String> leftOut) {
        StringBuilder kept = new StringBuilder();
        Authorization authorization = follow();
        int before = leftOut.size();
        for (SqlStatement statement : SqlScript.statements(entry.definition())) {
            Optional<String> role = authorization.lacking(statement);
            if (role.isEmpty()) {
                kept.append(statement.text()).append(";\n");
            } else if (!isAuthorization(statement)) {
                leftOut.add(lacking(SqlStatement.shown(statement.text()), role.get()));
            }
        }
        return leftOut.size() == before ? entry : entry.withDefinition(kept.toString());
    }

    /** Follows a script's statements, since what is granted as somebody else is left out with that one. */
    Authorization follow() {
        return new Authorization();
    }

    /** Who the statements are run as, if that is a role which is missing. */
    final class Authorization {
        private String lacked;

        /** The missing role for whose sake this statement, the next one, is left out; empty when it is not. */
        Optional<String> lacking(SqlStatement statement) {
            if (isAuthorization(statement)) {
                Optional<String> role = missingOf(RoleNames.named(statement));
                lacked = isOwners(statement) ? null : role.orElse(null);
                return role;
            }
            if (!RoleNames.isAboutOwnerOrPrivilege(statement)) {
                return Optional.empty();
            }
            return lacked != null && !statement.isAboutOwner()
                    ? Optional.of(lacked)
                    : missingOf(RoleNames.named(statement));
        }
    }

    /** A script of {@code --use-set-session-authorization} makes an object as its owner, who is a string there: we are the owner instead. */
    private static boolean isOwners(SqlStatement statement) {
        return statement.tokens().get(statement.tokens().size() - 1).kind() == SqlToken.Kind.STRING;
    }

    private Optional<String> missingOf(Set<String> names) {
        return names.stream().filter(missing::contains).findFirst();
    }

    /** The end of it changes nothing where nobody was become. */
    private static boolean isAuthorization(SqlStatement statement) {
        return statement.startsWith("SET", "SESSION", "AUTHORIZATION")
                || statement.startsWith("RESET", "SESSION", "AUTHORIZATION");
    }
}
