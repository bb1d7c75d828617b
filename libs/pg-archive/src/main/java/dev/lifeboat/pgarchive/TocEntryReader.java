package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads entries of the table of contents (ReadToc of pg_backup_archiver.c, and _ReadExtraToc of the format for the last field). */
final class TocEntryReader {
    private static final int OFFSET_NOT_SET = 1;
    private static final int OFFSET_SET = 2;
    private static final int OFFSET_NO_DATA = 3;

    private final ArchiveInput in;
    private final ArchiveText text;
    private final ArchiveFormat format;
    private final FormatVersion version;

    TocEntryReader(ArchiveInput in, ArchiveText text, ArchiveFormat format, FormatVersion version) {
        this.in = in;
        this.text = text;
        this.format = format;
        this.version = version;
    }

    /** The fields in the order in which pg_dump writes them. */
    TocEntry read() throws IOException {
        int dumpId = in.readInt("dump id", 1, Integer.MAX_VALUE);
        boolean hasData = in.readInt("data mark", 0, 1) == 1;
        long catalogOid = text.readUnsigned("catalog OID");
        long objectOid = text.readUnsigned("object OID");
        String name = text.read("name");
        String kind = text.read("kind");
        Section section = readSection();
        String definition = text.readOptional("definition");
        if (kind.equals("ENCODING")) {
            text.declare(definition);
        }
        String dropStatement = text.readOptional("drop statement");
        String copyStatement = text.readOptional("COPY statement");
        String schema = text.readOptional("schema");
        String tablespace = text.readOptional("tablespace");
        String tableAccessMethod = text.readOptional("table access method");
        char relationKind = readRelationKind();
        String owner = text.readOptional("owner");
        readWithOids();
        List<Integer> dependencies = readDependencies();
        OptionalLong dataOffset = format == ArchiveFormat.CUSTOM ? readDataOffset(hasData) : OptionalLong.empty();
        TocEntry entry = new TocEntry(
                dumpId,
                kind,
                schema,
                name,
                owner,
                section,
                definition,
                dropStatement,
                copyStatement,
                tablespace,
                tableAccessMethod,
                dependencies,
                hasData,
                dataOffset,
                catalogOid,
                objectOid,
                relationKind);
        requireKnownData(entry);
        if (format == ArchiveFormat.DIRECTORY) {
            readDataFile(entry);
        }
        return entry;
    }

    private Section readSection() throws IOException {
        int section = in.readInt("section");
        return switch (section) {
            case 1 -> Section.NONE;
            case 2 -> Section.PRE_DATA;
            case 3 -> Section.DATA;
            case 4 -> Section.POST_DATA;
            default -> throw in.corrupt("section is " + section + ", expected 1 to 4.");
        };
    }

    private char readRelationKind() throws IOException {
        return version.hasRelationKind() ? (char) in.readInt("relation kind", 0, 127) : 0;
    }

    /** Whether rows have OIDs: a feature that PostgreSQL 12 dropped, and the field with it but for this word. */
    private void readWithOids() throws IOException {
        String withOids = text.read("WITH OIDS mark");
        if (!withOids.equals("false")) {
            throw in.corrupt("WITH OIDS mark is '" + Labels.shorten(withOids) + "', expected 'false'.");
        }
    }

    private List<Integer> readDependencies() throws IOException {
        List<Integer> dependencies = new ArrayList<>();
        String number = text.readOptional("dependency");
        while (number != null) {
            long dumpId = text.parseUnsigned("dependency", number);
            if (dumpId < 1 || dumpId > Integer.MAX_VALUE || dependencies.size() == Limits.MAX_DEPENDENCIES) {
                throw in.corrupt("dependency " + (dependencies.size() + 1) + " is " + dumpId
                        + ", expected a dump id and at most " + Limits.MAX_DEPENDENCIES + " of them.");
            }
            dependencies.add((int) dumpId);
            number = text.readOptional("dependency");
        }
        return dependencies;
    }

    private OptionalLong readDataOffset(boolean hasData) throws IOException {
        int state = in.readByte("offset state");
        long offset = in.readLittleEndian(ArchiveInput.OFFSET_BYTES, "data offset");
        boolean stateKnown = state >= OFFSET_NOT_SET && state <= OFFSET_NO_DATA;
        if (!stateKnown || (state == OFFSET_NO_DATA) == hasData) {
            throw in.corrupt("offset state is " + state + ", expected "
                    + (hasData ? "1 (not set) or 2 (set), for it has data." : "3 (no data), for it has none."));
        }
        if (state != OFFSET_SET) {
            return OptionalLong.empty();
        }
        if (offset < 0) {
            throw in.corrupt("data offset is " + Long.toUnsignedString(offset) + ", beyond any file.");
        }
        return OptionalLong.of(offset);
    }

    /** The name of the file that holds its data, which pg_dump makes of what is known already; empty for none. */
    private void readDataFile(TocEntry entry) throws IOException {
        String file = text.read("data file");
        String expected = entry.hasData() ? DirectoryFiles.dataFile(entry, version) : "";
        if (!file.equals(expected)) {
            throw in.corrupt("data file is '" + Labels.shorten(file) + "', expected '" + expected + "'.");
        }
    }

    private void requireKnownData(TocEntry entry) {
        if (entry.hasData() && !entry.isTableData() && !entry.isLargeObjects()) {
            throw in.corrupt(entry.label() + " has data, expected that of " + TocEntry.TABLE_DATA + " and "
                    + TocEntry.LARGE_OBJECTS + " entries alone.");
        }
    }
}
