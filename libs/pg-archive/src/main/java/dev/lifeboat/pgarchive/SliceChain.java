package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.SliceFindings.Block;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Goes from slice to slice as a single pass would have gone: to the one that begins where the one before it ended. A slice that
 * begins at a byte where no block does is never come to, and counts for nothing.
 */
final class SliceChain {
    private final ByteSource source;
    private final TreeMap<Long, SliceFindings> slices = new TreeMap<>();
    private final Problems problems = new Problems();
    private final List<TableContent> tables = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private final Map<Integer, TocEntry> missing = new LinkedHashMap<>();

    SliceChain(ByteSource source, List<SliceFindings> slices) {
        this.source = source;
        slices.forEach(slice -> this.slices.put(slice.start(), slice));
    }

    SlicedVerification combine(TableOfContents.Reading reading) throws IOException {
        List<TocEntry> entries = List.of();
        try {
            TableOfContents toc = reading.read();
            entries = toc.list();
            follow(toc);
        } catch (ArchiveException e) {
            problems.add(e);
        }
        return new SlicedVerification(
                new ArchiveVerification(
                        reading.header(),
                        entries,
                        tables,
                        problems.messages(),
                        source.length(),
                        problems.onlyUnsupported()),
                unread);
    }

    private void follow(TableOfContents toc) {
        toc.withData().forEach(entry -> missing.put(entry.dumpId(), entry));
        SliceFindings slice = at(toc.dataStart());
        long end = slice.end();
        while (slice != null) {
            slice.blocks().forEach(block -> take(toc, block));
            problems.add(slice.problems(), slice.unsupported());
            end = slice.end();
            slice = after(slice, toc);
        }
        reportMissing(end);
    }

    private SliceFindings at(long start) {
        SliceFindings slice = slices.get(start);
        if (slice == null) {
            throw new IllegalArgumentException("no slice begins at byte " + start + " of " + source.name());
        }
        return slice;
    }

    private SliceFindings after(SliceFindings slice, TableOfContents toc) {
        return switch (slice.ending()) {
            case NEXT_SLICE -> at(slice.end());
            case ARCHIVE_END, FAULT -> null;
            case STOPPED -> {
                unread.add(stopped(slice, toc));
                Map.Entry<Long, SliceFindings> next = slices.higherEntry(slice.start());
                yield next == null ? null : next.getValue();
            }
        };
    }

    private String stopped(SliceFindings slice, TableOfContents toc) {
        Block last = slice.blocks().isEmpty()
                ? null
                : slice.blocks().get(slice.blocks().size() - 1);
        TocEntry entry = last == null ? null : toc.entries().get(last.dumpId());
        return "Archive '" + source.name() + "' was read from byte " + slice.start() + " to byte " + slice.end()
                + " only, " + (entry == null ? "where no entry's data begin" : "within " + entry.label()) + ".";
    }

    private void take(TableOfContents toc, Block block) {
        TocEntry entry = toc.entries().get(block.dumpId());
        if (entry != null && entry.hasData() && missing.remove(entry.dumpId()) == null) {
            problems.add(
                    VerificationPass.secondBlock(input(block.offset() + DataBlock.HEAD_BYTES, entry), block.offset()));
            return;
        }
        problems.add(block.problems(), block.unsupported());
        if (block.rows() != null) {
            tables.add(new TableContent(entry, block.rows(), block.fingerprint()));
        }
    }

    private void reportMissing(long end) {
        if (unread.isEmpty()) {
            missing.values().forEach(entry -> problems.add(VerificationPass.noBlock(input(end, entry))));
        } else if (!missing.isEmpty()) {
            unread.add("Whether there are data of " + missing.size() + " more entries is not known, the first being "
                    + missing.values().iterator().next().label() + ".");
        }
    }

    /** For a message that names this place. */
    @SuppressWarnings("resource") // It reads nothing.
    private ArchiveInput input(long position, TocEntry entry) {
        ArchiveInput in = new ArchiveInput(source.name(), InputStream.nullInputStream(), position, Long.MAX_VALUE);
        in.enter(entry.label());
        return in;
    }
}
