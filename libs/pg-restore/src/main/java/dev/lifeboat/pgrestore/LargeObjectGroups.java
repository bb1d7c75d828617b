package dev.lifeboat.pgrestore;

import dev.lifeboat.pgarchive.TocEntry;
import dev.lifeboat.pgrestore.RestoreException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How PostgreSQL 17 and later list large objects: many with the same owner and privileges in one BLOB METADATA entry, whose definition
 * is their OIDs, one to a line, and one entry with the privileges of the first of them. Both are turned here into what they mean for
 * each (IssueCommandPerBlob and IssueACLPerBlob of pg_backup_archiver.c).
 */
final class LargeObjectGroups {
    /** The kind of an entry that creates a group. */
    static final String METADATA = "BLOB METADATA";

    private static final String GROUP = "LARGE OBJECTS ";
    private static final Pattern OID = Pattern.compile("[0-9]{1,10}");
    private static final Pattern NAMED = Pattern.compile("\\bLARGE OBJECT [0-9]{1,10}\\b");

    private final Map<Integer, List<String>> oids = new HashMap<>();

    LargeObjectGroups(List<TocEntry> entries) {
        for (TocEntry entry : entries) {
            if (entry.kind().equals(METADATA)) {
                oids.put(entry.dumpId(), oids(entry));
            }
        }
    }

    private static List<String> oids(TocEntry entry) {
        List<String> oids = entry.definition() == null
                ? List.of()
                : entry.definition().lines().filter(line -> !line.isBlank()).toList();
        if (oids.isEmpty() || !oids.stream().allMatch(oid -> OID.matcher(oid).matches())) {
            throw unusable(entry, "does not list OIDs of large objects, one to a line");
        }
        return oids;
    }

    /** The entry itself, or what it means for each large object of its group. */
    TocEntry expanded(TocEntry entry) {
        if (entry.kind().equals(METADATA)) {
            return entry.withDefinition(create(entry));
        }
        return entry.name().startsWith(GROUP) ? entry.withDefinition(forEach(entry)) : entry;
    }

    private String create(TocEntry entry) {
        boolean owned = entry.owner() != null && !entry.owner().isBlank();
        return oids.get(entry.dumpId()).stream()
                .map(oid -> "SELECT pg_catalog.lo_create(" + oid + ");\n"
                        + (owned
                                ? "ALTER LARGE OBJECT " + oid + " OWNER TO " + Sql.identifier(entry.owner()) + ";\n"
                                : ""))
                .collect(Collectors.joining());
    }

    private String forEach(TocEntry entry) {
        List<String> group = entry.dependencies().stream()
                .filter(oids::containsKey)
                .findFirst()
                .map(oids::get)
                .orElseThrow(() -> unusable(entry, "names no group of large objects that it belongs to"));
        return group.stream()
                .map(oid -> NAMED.matcher(entry.definition()).replaceAll("LARGE OBJECT " + oid))
                .collect(Collectors.joining("\n"));
    }

    private static RestoreException unusable(TocEntry entry, String why) {
        return new RestoreException(
                Kind.UNUSABLE_ARCHIVE,
                "The archive's " + entry.label() + " " + why + ".",
                "It is not what pg_dump writes; restore another backup.");
    }
}
