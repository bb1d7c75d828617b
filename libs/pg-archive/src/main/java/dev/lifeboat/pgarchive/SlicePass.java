package dev.lifeboat.pgarchive;

import dev.lifeboat.pgarchive.SliceFindings.Block;
import dev.lifeboat.pgarchive.SliceFindings.Ending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Verifies data blocks from one that is thought to begin at a byte up to the first block of another slice. It does not stop at a
 * byte where a block was expected and none begins: it goes on as a pass over the whole archive would.
 */
final class SlicePass {
    private final TableOfContents toc;
    private final ArchiveInput in;
    private final VerificationPass pass;
    private final Set<Long> starts;
    private final List<Block> blocks = new ArrayList<>();
    private final long start;
    private Ending ending = Ending.STOPPED;

    SlicePass(
            TableOfContents toc,
            ArchiveInput in,
            RowFingerprinter rows,
            Set<Long> starts,
            ArchiveVerifier.Observer progress) {
        this.toc = toc;
        this.in = in;
        this.starts = starts;
        this.start = in.position();
        this.pass = new VerificationPass(in, rows, progress);
    }

    void run() throws IOException {
        BlockContent content = BlockContent.of(toc.header().compression(), in);
        pass.expectAll(toc);
        try {
            DataBlock block = DataBlock.readOrEnd(in, toc);
            while (block != null) {
                verify(block, content);
                block = atNextSlice() ? null : DataBlock.readOrEnd(in, toc);
            }
            ending = atNextSlice() ? Ending.NEXT_SLICE : Ending.ARCHIVE_END;
        } catch (ArchiveException e) {
            pass.problems().add(e);
            ending = Ending.FAULT;
        } finally {
            content.release();
        }
    }

    private boolean atNextSlice() {
        return starts.contains(in.position());
    }

    private void verify(DataBlock block, BlockContent content) throws IOException {
        boolean read = false;
        try {
            pass.verifyBlock(toc, block, content);
            read = true;
        } finally {
            blocks.add(finding(block, read ? pass.takeTable() : null));
        }
    }

    private Block finding(DataBlock block, TableContent table) {
        Problems problems = pass.takeProblems();
        return new Block(
                block.dumpId(),
                block.offset(),
                problems.messages(),
                problems.onlyUnsupported(),
                table == null ? null : table.rows(),
                table == null ? null : table.fingerprint());
    }

    /** What was found so far, however {@link #run} ended. */
    SliceFindings findings() {
        Problems problems = pass.problems();
        return new SliceFindings(start, in.position(), ending, blocks, problems.messages(), problems.onlyUnsupported());
    }
}
