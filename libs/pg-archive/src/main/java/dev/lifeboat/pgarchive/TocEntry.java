package dev.lifeboat.pgarchive;

import java.util.List;
import java.util.OptionalLong;

/**
 * One entry of the table of contents (ReadToc of PostgreSQL's pg_backup_archiver.c). Text is null where the archive holds
 * none, which is not the same as empty: an empty tablespace is the database's default one, none is "leave it as it is".
 *
 * @param dumpId 1 or more, unique in the archive
 * @param kind such as {@code TABLE} or {@code TABLE DATA}; never null
 * @param schema not quoted, or null for what lies in none
 * @param name what pg_dump calls the tag: for a table its name, not quoted; never null
 * @param owner a role's name, not quoted; null or empty for none
 * @param section when a restore replays it
 * @param definition SQL that creates it, or null
 * @param dropStatement SQL that drops it, or null
 * @param copyStatement of a TABLE DATA entry, {@code COPY … FROM stdin;} with a line feed; null for a dump made with --inserts
 * @param tablespace null for "any"
 * @param tableAccessMethod such as {@code heap}; null for what is no table
 * @param dependencies dump ids that a restore replays before; may name entries that the archive lacks
 * @param hasData whether a data block belongs to it
 * @param dataOffset where its data block begins in the archive; empty when pg_dump wrote to a pipe or it has none
 * @param catalogOid OID of the catalog that the object is listed in, 0 for none
 * @param objectOid the object's OID in the dumped database, 0 for none
 * @param relationKind pg_class.relkind of a table-like object, 0 for others and for archives before 1.16
 */
public record TocEntry(
        int dumpId,
        String kind,
        String schema,
        String name,
        String owner,
        Section section,
        String definition,
        String dropStatement,
        String copyStatement,
        String tablespace,
        String tableAccessMethod,
        List<Integer> dependencies,
        boolean hasData,
        OptionalLong dataOffset,
        long catalogOid,
        long objectOid,
        char relationKind) {
    /** The kind of an entry that holds a table's rows. */
    public static final String TABLE_DATA = "TABLE DATA";
    /** The kind of an entry that holds the contents of large objects. */
    public static final String LARGE_OBJECTS = "BLOBS";

    public TocEntry {
        dependencies = List.copyOf(dependencies);
    }

    /** Whether all is the same, but for where the data lie. */
    boolean isCopyOf(TocEntry other) {
        return with(definition, OptionalLong.empty()).equals(other.with(other.definition, OptionalLong.empty()));
    }

    /** The same entry with another definition: what the original one means for a restore. */
    public TocEntry withDefinition(String meant) {
        return with(meant, dataOffset);
    }

    /** The same entry that belongs to nobody in particular. */
    public TocEntry withoutOwner() {
        return with(dumpId, null, definition, dataOffset);
    }

    private TocEntry with(String sql, OptionalLong offset) {
        return with(dumpId, owner, sql, offset);
    }

    /** The same entry at another place of the table of contents. */
    TocEntry withDumpId(int id) {
        return with(id, owner, definition, dataOffset);
    }

    private TocEntry with(int id, String role, String sql, OptionalLong offset) {
        return new TocEntry(
                id,
                kind,
                schema,
                name,
                role,
                section,
                sql,
                dropStatement,
                copyStatement,
                tablespace,
                tableAccessMethod,
                dependencies,
                hasData,
                offset,
                catalogOid,
                objectOid,
                relationKind);
    }

    /** Whether its data is a table's rows. */
    public boolean isTableData() {
        return hasData && kind.equals(TABLE_DATA);
    }

    /** Whether its data is large objects. */
    public boolean isLargeObjects() {
        return hasData && kind.equals(LARGE_OBJECTS);
    }

    /** For messages: {@code entry 3412 TABLE DATA public.users}, on one line and of bounded length. */
    public String label() {
        return Labels.shorten("entry " + dumpId + " " + kind + " " + (schema == null ? "" : schema + ".") + name);
    }
}
