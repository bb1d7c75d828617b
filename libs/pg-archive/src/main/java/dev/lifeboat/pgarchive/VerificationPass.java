package dev.lifeboat.pgarchive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One verification. A fault within a block's content is noted and the pass goes on behind the block; a fault that leaves
 * unknown where the next block begins ends it.
 */
final class VerificationPass {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long PROGRESS_BYTES = 4 << 20;

    private final ArchiveInput in;
    private final ArchiveVerifier.Observer observer;
    private Problems problems = new Problems();
    private final List<TableContent> tables = new ArrayList<>();
    private final Map<Integer, TocEntry> missing = new LinkedHashMap<>();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final RowFingerprinter rows;
    private long nextReport;

    VerificationPass(ArchiveInput in, RowFingerprinter rows, ArchiveVerifier.Observer observer) {
        this.in = in;
        this.rows = rows;
        this.observer = observer;
    }

    ArchiveVerification run() throws IOException {
        TableOfContents.Reading reading = new TableOfContents.Reading(in, ArchiveFormat.CUSTOM);
        List<TocEntry> entries = List.of();
        try {
            TableOfContents toc = reading.read();
            entries = toc.list();
            verifyBlocks(toc);
        } catch (ArchiveException e) {
            problems.add(e);
        }
        in.skipToEnd();
        return new ArchiveVerification(
                reading.header(), entries, tables, problems.messages(), in.position(), problems.onlyUnsupported());
    }

    private void verifyBlocks(TableOfContents toc) throws IOException {
        expectAll(toc);
        BlockContent content = BlockContent.of(toc.header().compression(), in);
        try {
            DataBlock block = DataBlock.readOrEnd(in, toc);
            while (block != null) {
                verifyBlock(toc, block, content);
                block = DataBlock.readOrEnd(in, toc);
            }
        } catch (ArchiveException e) {
            problems.add(e);
        } finally {
            content.release();
        }
        for (TocEntry entry : missing.values()) {
            in.enter(entry.label());
            problems.add(noBlock(in));
        }
    }

    static ArchiveException noBlock(ArchiveInput in) {
        return in.truncated("the data blocks: there is none for this entry");
    }

    /** Takes note of all entries that have data. */
    void expectAll(TableOfContents toc) {
        toc.withData().forEach(entry -> missing.put(entry.dumpId(), entry));
    }

    void verifyBlock(TableOfContents toc, DataBlock block, BlockContent content) throws IOException {
        TocEntry entry = toc.entries().get(block.dumpId());
        if (entry == null) {
            problems.add(in.corruptContent("no entry has the block's dump id, " + block.dumpId() + "."));
            block.skipContent(in);
            return;
        }
        in.enter(entry.label());
        observer.progress(in.position(), entry);
        nextReport = in.position() + PROGRESS_BYTES;
        if (!belongs(block, entry)) {
            block.skipContent(in);
            return;
        }
        content.restart();
        if (block.type() == DataBlock.Type.LARGE_OBJECTS) {
            verifyLargeObjects(toc, entry, content);
        } else {
            verifyTable(entry, content);
        }
    }

    private boolean belongs(DataBlock block, TocEntry entry) {
        if (missing.remove(entry.dumpId()) == null) {
            problems.add(
                    entry.hasData()
                            ? secondBlock(in, block.offset())
                            : in.corruptContent(
                                    "the data block at byte " + block.offset() + " is not its own: it has no data."));
            return false;
        }
        long expected = entry.dataOffset().orElse(block.offset());
        if (expected != block.offset()) {
            problems.add(in.corruptContent("its data block begins at byte " + block.offset()
                    + ", but the table of contents says " + expected + "."));
        }
        if (block.type() != DataBlock.Type.of(entry)) {
            problems.add(in.corruptContent(
                    "its data block is of type " + block.type() + ", expected " + DataBlock.Type.of(entry) + "."));
            return false;
        }
        return true;
    }

    static ArchiveException secondBlock(ArchiveInput in, long offset) {
        return in.corruptContent("the data block at byte " + offset + " is its second one.");
    }

    private void verifyTable(TocEntry entry, BlockContent content) throws IOException {
        try {
            if (!PgArchive.holdsCopyText(entry)) {
                problems.add(PgArchive.insertStatements(in));
                readToEnd(entry, content);
                return;
            }
            RowFingerprint fingerprint = fingerprint(entry, content);
            tables.add(new TableContent(entry, fingerprint.rows(), fingerprint.value()));
        } catch (ArchiveException e) {
            goOnBehind(e);
            content.chunks().skipToEnd();
        }
    }

    private RowFingerprint fingerprint(TocEntry entry, BlockContent content) throws IOException {
        RowFingerprint fingerprint = rows.of(content, () -> report(entry));
        if (!fingerprint.terminated()) {
            throw CopyTextInputStream.unterminated(in);
        }
        if (fingerprint.trailing()) {
            throw CopyTextInputStream.trailing(in);
        }
        return fingerprint;
    }

    private void report(TocEntry entry) {
        if (in.position() >= nextReport) {
            observer.progress(in.position(), entry);
            nextReport = in.position() + PROGRESS_BYTES;
        }
    }

    // Closing the large objects would close the archive.
    @SuppressWarnings("resource")
    private void verifyLargeObjects(TableOfContents toc, TocEntry entry, BlockContent content) throws IOException {
        LargeObjects objects = new LargeObjects(new BlockLargeObjects(in, content));
        LargeObjectCheck check = new LargeObjectCheck(toc, in, problems);
        boolean more = objects.next();
        while (more) {
            check.found(objects.oid());
            try {
                readToEnd(entry, content);
                more = objects.next();
            } catch (ArchiveException e) {
                goOnBehind(e);
                more = objects.nextBehindFault();
            }
        }
        check.end();
    }

    private void readToEnd(TocEntry entry, BlockContent content) throws IOException {
        int got;
        do {
            got = content.read(buffer, 0, buffer.length);
            report(entry);
        } while (got >= 0);
    }

    /** What was found since the problems were last taken. */
    Problems problems() {
        return problems;
    }

    Problems takeProblems() {
        Problems taken = problems;
        problems = new Problems();
        return taken;
    }

    /** The table whose rows the last block held; null when it held none that could be read. */
    TableContent takeTable() {
        return tables.isEmpty() ? null : tables.remove(tables.size() - 1);
    }

    /** Notes the fault, or passes it on when where its block ends is not known. */
    private void goOnBehind(ArchiveException fault) {
        if (!fault.contained()) {
            throw fault;
        }
        problems.add(fault);
    }
}
