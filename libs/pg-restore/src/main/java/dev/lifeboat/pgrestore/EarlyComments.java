package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.Section;
import dev.lifeboat.pgarchive.SqlStatement;
import dev.lifeboat.pgarchive.TocEntry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Comments that an archive has before what they are on: those on a domain's constraint that is NOT VALID. It is made after the rows, but pg_dump 13, and
 * later ones from before August 2025, put the comment right behind the domain (dumpDomain of pg_dump.c).
 */
final class EarlyComments {
    private static final String TAG = "CONSTRAINT ";

    private final Set<String> lateConstraints;

    EarlyComments(List<TocEntry> entries) {
        // A table's are before the rows, or of another kind.
        lateConstraints = entries.stream()
                .filter(entry -> entry.kind().equals("CHECK CONSTRAINT") && entry.section() == Section.POST_DATA)
                .map(entry -> key(entry.schema(), entry.name()))
                .collect(Collectors.toSet());
    }

    private static String key(String schema, String name) {
        return schema + "." + name;
    }

    /** @param section that it stands in */
    boolean contain(TocEntry entry, Section section) {
        return !lateConstraints.isEmpty()
                && section == Section.PRE_DATA
                && entry.kind().equals("COMMENT")
                && entry.name().startsWith(TAG)
                && SqlScript.statements(entry.definition()).stream().anyMatch(this::isOnLateConstraint);
    }

    /** {@code COMMENT ON CONSTRAINT name ON DOMAIN schema.domain IS …}; the constraint's entry is called {@code domain name}. */
    private boolean isOnLateConstraint(SqlStatement statement) {
        return statement.startsWith("COMMENT", "ON", "CONSTRAINT")
                && statement.tokens().size() > 8
                && statement.tokens().get(5).is("DOMAIN")
                && lateConstraints.contains(key(statement.nameAt(6), statement.nameAt(8) + " " + statement.nameAt(3)));
    }
}
