package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Verifies an archive in slices, each by a reader of its own, where one would take too long: every slice is a run of data
 * blocks, and what all of them found is put together to what {@link ArchiveVerifier} finds in one pass. Thread-safe.
 */
public final class ArchiveSlices {
    private final ByteSource source;
    private final TableOfContents toc;

    private ArchiveSlices(ByteSource source, TableOfContents toc) {
        this.source = source;
        this.toc = toc;
    }

    /**
     * Reads the header and the table of contents.
     *
     * @param source stays the caller's, who closes it
     * @throws ArchiveException when they are not what pg_dump writes
     * @throws IOException when the source fails
     */
    public static ArchiveSlices of(ByteSource source) throws IOException {
        try (ArchiveInput in = beginning(source)) {
            return new ArchiveSlices(source, TableOfContents.read(in, ArchiveFormat.CUSTOM));
        }
    }

    static ArchiveInput beginning(ByteSource source) throws IOException {
        return new ArchiveInput(source.name(), PgArchive.beginning(source), 0, Long.MAX_VALUE);
    }

    /** The byte that the first data block begins at, and with it the first slice. */
    public long dataStart() {
        return toc.dataStart();
    }

    /**
     * Where data blocks begin, in their order, as the table of contents says; empty when it does not say, because the archive was dumped to
     * a pipe: then {@link #scan} finds them.
     */
    public Optional<List<Long>> offsets() throws IOException {
        if (!BlockExtents.known(toc)) {
            return Optional.empty();
        }
        long length = source.length();
        return Optional.of(toc.withData().stream()
                .map(TocEntry::dataOffset)
                .flatMap(offset -> offset.isPresent() ? Stream.of(offset.getAsLong()) : Stream.empty())
                .filter(offset -> offset > toc.dataStart() && offset < length)
                .distinct()
                .sorted()
                .toList());
    }

    /**
     * Reads the archive from a block on, without decompressing, to its end or to where it is broken.
     *
     * @param from the byte that a block begins at
     * @param found is told the byte that each block begins at, the first one's too
     * @throws IOException when the source fails; never for the archive's content
     */
    public void scan(long from, LongConsumer found) throws IOException {
        try (ArchiveInput in = open(from)) {
            DataBlock block = DataBlock.readOrEnd(in, toc);
            while (block != null) {
                found.accept(block.offset());
                block.skipContent(in);
                block = DataBlock.readOrEnd(in, toc);
            }
        } catch (ArchiveException e) {
            // Whoever verifies the slice that this lies in finds it, too, and says so.
        }
    }

    /**
     * Verifies the blocks from {@code start} on, to where another slice begins.
     *
     * @param start the byte that the slice begins at
     * @param starts those of all slices
     * @param findings takes what was found, also when the source threw something
     * @throws IOException when the source fails; never for the archive's content
     */
    public void verify(long start, Set<Long> starts, Consumer<SliceFindings> findings) throws IOException {
        verify(start, starts, findings, ArchiveVerifier.Observer.NONE);
    }

    /** @param progress is told the archive's byte that was come to */
    void verify(long start, Set<Long> starts, Consumer<SliceFindings> findings, ArchiveVerifier.Observer progress)
            throws IOException {
        try (ArchiveInput in = open(start);
                RowFingerprinter rows = new RowFingerprinter()) {
            SlicePass pass = new SlicePass(toc, in, rows, starts, progress);
            try {
                pass.run();
            } finally {
                findings.accept(pass.findings());
            }
        }
    }

    // The length is not told, as in a pass over the whole archive: what is wrong must read the same.
    private ArchiveInput open(long from) throws IOException {
        InputStream bytes = source.open(from, source.length() - from);
        return new ArchiveInput(source.name(), bytes, from, Long.MAX_VALUE);
    }

    /**
     * Where slices begin that have about {@code sliceBytes} each. A block that is as large as that is a slice of its own: who has no
     * time left for it leaves nothing else unread.
     *
     * @param dataStart the byte that the first block begins at
     * @param blocks where blocks begin, ascending; may leave some out
     * @param length the archive's, in bytes
     * @param sliceBytes 1 or more
     */
    public static List<Long> starts(long dataStart, List<Long> blocks, long length, long sliceBytes) {
        List<Long> starts = new ArrayList<>(List.of(dataStart));
        for (int i = 0; i < blocks.size(); i++) {
            long at = blocks.get(i);
            long next = i + 1 < blocks.size() ? blocks.get(i + 1) : length;
            long slice = at - starts.get(starts.size() - 1);
            if (slice >= sliceBytes || (slice > 0 && next - at >= sliceBytes)) {
                starts.add(at);
            }
        }
        return List.copyOf(starts);
    }

    /**
     * Puts together what was found.
     *
     * @param source the archive, whose table of contents is read again
     * @param slices of all that {@link #starts} gave, in any order; none when the table of contents cannot be read
     * @throws IllegalArgumentException when a slice is not there
     * @throws IOException when the source fails; never for the archive's content
     */
    public static SlicedVerification combine(ByteSource source, List<SliceFindings> slices) throws IOException {
        try (ArchiveInput in = beginning(source)) {
            return new SliceChain(source, slices).combine(new TableOfContents.Reading(in, ArchiveFormat.CUSTOM));
        }
    }
}
