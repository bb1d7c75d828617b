package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All of an archive before its first data block.
 *
 * @param version of the format, as the header names it
 * @param encoding of all text, as PostgreSQL calls it
 * @param entries by dump id, in the archive's order
 * @param dataStart the byte behind it, where in the custom format the first data block begins
 */
record TableOfContents(
        ArchiveHeader header, FormatVersion version, String encoding, Map<Integer, TocEntry> entries, long dataStart) {
    /**
     * Reads from the archive's first byte.
     *
     * @throws ArchiveException when it is not what pg_dump writes
     */
    static TableOfContents read(ArchiveInput in, ArchiveFormat format) throws IOException {
        return new Reading(in, format).read();
    }

    /** The entries in the archive's order. */
    List<TocEntry> list() {
        return List.copyOf(entries.values());
    }

    /** The entries that a data block belongs to, in the archive's order. */
    List<TocEntry> withData() {
        List<TocEntry> found = new ArrayList<>();
        for (TocEntry entry : entries.values()) {
            if (entry.hasData()) {
                found.add(entry);
            }
        }
        return found;
    }

    /** A reading that keeps the header even when an entry turns out to be broken. */
    static final class Reading {
        private final ArchiveInput in;
        private final ArchiveText text;
        private final ArchiveFormat format;
        private ArchiveHeader header;

        Reading(ArchiveInput in, ArchiveFormat format) {
            this.in = in;
            this.text = new ArchiveText(in);
            this.format = format;
        }

        /** Null as long as it was not read. */
        ArchiveHeader header() {
            return header;
        }

        TableOfContents read() throws IOException {
            HeaderReader head = new HeaderReader(in, text, format);
            header = head.read();
            TocEntryReader reader = new TocEntryReader(in, text, format, head.version());
            Map<Integer, TocEntry> entries = new LinkedHashMap<>();
            for (int i = 1; i <= header.entryCount(); i++) {
                in.enter("table of contents, entry " + i + " of " + header.entryCount());
                TocEntry entry = reader.read();
                TocEntry twin = entries.putIfAbsent(entry.dumpId(), entry);
                if (twin != null) {
                    throw in.corrupt("dump id " + entry.dumpId() + " is taken already, by " + twin.label() + ".");
                }
                if (in.position() > Limits.MAX_TOC_BYTES) {
                    throw in.corrupt("the table of contents is longer than " + Limits.MAX_TOC_BYTES + " bytes.");
                }
            }
            if (format == ArchiveFormat.DIRECTORY && in.readOrEnd() >= 0) {
                throw in.corrupt("something follows the table of contents.");
            }
            return new TableOfContents(header, head.version(), text.encoding(), entries, in.position());
        }
    }
}
