package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.Section;
import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which entry is replayed when, after the passes of pg_backup_archiver.c: everything but privileges in the archive's order,
 * then privileges, then what must come after them. Within a pass the archive's order respects dependencies.
 *
 * <p>One order differs from pg_restore's: event triggers are created last of all, after the materialised views are filled, so
 * that they fire for nothing that the restore does. Dumped statistics come after everything that would replace them: not only
 * those of materialised views, as pg_restore has it. And a comment that pg_dump put before the domain's constraint that it is on
 * comes after it: pg_restore says that there is no such constraint, and goes on without.
 */
final class RestorePasses {
    private static final Set<String> SESSION_KINDS = Set.of("ENCODING", "STDSTRINGS", "SEARCHPATH");
    private static final Set<String> ACL_KINDS = Set.of("ACL", "ACL LANGUAGE", "DEFAULT ACL");
    private static final Set<String> ATTACHED_KINDS = Set.of("ACL", "COMMENT", "SECURITY LABEL");

    private final List<TocEntry> database = new ArrayList<>();
    private final List<TocEntry> preData = new ArrayList<>();
    private final List<TocEntry> data = new ArrayList<>();
    private final List<TocEntry> postData = new ArrayList<>();
    private final List<TocEntry> privileges = new ArrayList<>();
    private final List<TocEntry> refreshes = new ArrayList<>();
    private final List<TocEntry> statistics = new ArrayList<>();
    private final List<TocEntry> eventTriggers = new ArrayList<>();

    RestorePasses(List<TocEntry> entries) {
        Section section = Section.PRE_DATA;
        boolean escapes = entries.stream().anyMatch(RestorePasses::saysThatBackslashesEscape);
        LargeObjectGroups groups = new LargeObjectGroups(entries);
        EarlyComments early = new EarlyComments(entries);
        List<TocEntry> late = new ArrayList<>();
        for (TocEntry listed : entries) {
            TocEntry entry = groups.expanded(escapes ? withStandardStrings(listed) : listed);
            // Comments and the like have no section of their own: they belong to the one that they stand in.
            section = entry.section() == Section.NONE ? section : entry.section();
            (early.contain(entry, section) ? late : passOf(entry, section)).add(entry);
        }
        postData.addAll(late);
    }

    private List<TocEntry> passOf(TocEntry entry, Section section) {
        String kind = entry.kind();
        if (SESSION_KINDS.contains(kind)) {
            return new ArrayList<>(); // SessionSettings has them
        }
        if (isOfDatabase(entry)) {
            return database;
        }
        if (entry.hasData()) {
            requireKnownData(entry);
            return data;
        }
        if (ACL_KINDS.contains(kind)) {
            return privileges;
        }
        if (kind.equals("EVENT TRIGGER")
                || (ATTACHED_KINDS.contains(kind) && entry.name().startsWith("EVENT TRIGGER "))) {
            return eventTriggers;
        }
        if (kind.equals(LargeObjectGroups.METADATA)) {
            return preData; // it stands in the data section, right before what it makes room for
        }
        if (kind.equals("MATERIALIZED VIEW DATA")) {
            return refreshes;
        }
        if (kind.equals("STATISTICS DATA")) {
            return statistics; // of a table it stands in the data section, where nothing has been counted yet
        }
        return section == Section.PRE_DATA ? preData : postData;
    }

    private static boolean isOfDatabase(TocEntry entry) {
        return entry.kind().equals("DATABASE")
                || entry.kind().equals("DATABASE PROPERTIES")
                || (ATTACHED_KINDS.contains(entry.kind()) && entry.name().startsWith("DATABASE "));
    }

    /** Dumped under standard_conforming_strings = off, which no session of ours has. */
    private static boolean saysThatBackslashesEscape(TocEntry entry) {
        return entry.kind().equals("STDSTRINGS")
                && entry.definition() != null
                && entry.definition().contains("off");
    }

    private static TocEntry withStandardStrings(TocEntry entry) {
        return entry.definition() == null || entry.definition().indexOf('\\') < 0
                ? entry
                : entry.withDefinition(SqlScript.withStandardStrings(entry.definition()));
    }

    private static void requireKnownData(TocEntry entry) {
        if (entry.isTableData()
                && (entry.copyStatement() == null || entry.copyStatement().isBlank())) {
            throw unusable(entry, "holds INSERT statements (pg_dump --inserts), not COPY text");
        }
        if (!entry.isTableData() && !entry.isLargeObjects()) {
            throw unusable(entry, "holds data of a kind that this version does not know");
        }
    }

    private static RestoreException unusable(TocEntry entry, String why) {
        return new RestoreException(
                Kind.UNUSABLE_ARCHIVE,
                "The archive's " + entry.label() + " " + why + ".",
                "Make backups with scripts/aws/backup-postgres.sh; restore this one with pg_restore.");
    }

    /** The database itself, its settings, privileges, comment and labels. */
    List<TocEntry> database() {
        return database;
    }

    /** Before the rows. */
    List<TocEntry> preData() {
        return preData;
    }

    /** Rows and large objects. */
    List<TocEntry> data() {
        return data;
    }

    /** After the rows: sequence values, indexes, constraints, triggers, rules. */
    List<TocEntry> postData() {
        return postData;
    }

    /** Privileges. */
    List<TocEntry> privileges() {
        return privileges;
    }

    /** What fills materialised views. */
    List<TocEntry> refreshes() {
        return refreshes;
    }

    /** The planner's statistics as they were dumped (pg_dump --statistics of PostgreSQL 18 and later). */
    List<TocEntry> statistics() {
        return statistics;
    }

    /** Event triggers, with their comments. */
    List<TocEntry> eventTriggers() {
        return eventTriggers;
    }
}
